#ifndef TFJS_NATIVE_NATIVE_OPERATION_H_
#define TFJS_NATIVE_NATIVE_OPERATION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>
#include "binding/tf_auto_status.h"
#include "tensorflow/c/c_api.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"

// Has the compiler write a function for each generation of vector units, of which the processor's is taken. The results are
// the same bits: what is added to what does not depend on the width.
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && defined(__has_attribute)
#if __has_attribute(target_clones)
#define FOR_EACH_VECTOR_UNIT __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
#endif
#ifndef FOR_EACH_VECTOR_UNIT
#define FOR_EACH_VECTOR_UNIT
#endif

namespace tfnodejs {

struct DeleteTensor {
  void operator()(TF_Tensor *tensor) const { TF_DeleteTensor(tensor); }
};
using OwnedTensor = std::unique_ptr<TF_Tensor, DeleteTensor>;

inline float *Values(const OwnedTensor &tensor) { return static_cast<float *>(TF_TensorData(tensor.get())); }

// An operation's inputs and outputs while it runs. After a failure everything is a null pointer, and the operation returns.
class Run {
 public:
  explicit Run(TF_OpKernelContext *context) : context_(context) {}

  bool failed() const { return failed_; }

  void Fail(const char *message) {
    TF_SetStatus(status_.status, TF_INVALID_ARGUMENT, message);
    Fail();
  }

  OwnedTensor Input(int index) {
    TF_Tensor *tensor = nullptr;
    if (!failed_) TF_GetInput(context_, index, &tensor, status_.status);
    return Checked(tensor);
  }

  OwnedTensor Output(int index, const std::vector<int64_t> &shape) {
    size_t length = sizeof(float);
    for (const int64_t size : shape) length *= size;
    TF_Tensor *tensor = nullptr;
    if (!failed_) {
      tensor = TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(), shape.size(), length, status_.status);
    }
    return Checked(tensor);
  }

 private:
  OwnedTensor Checked(TF_Tensor *tensor) {
    if (!failed_ && TF_GetCode(status_.status) != TF_OK) Fail();
    return OwnedTensor(tensor);
  }

  void Fail() {
    failed_ = true;
    TF_OpKernelContext_Failure(context_, status_.status);
  }

  TF_OpKernelContext *context_;
  TF_AutoStatus status_;
  bool failed_ = false;
};

inline std::vector<int64_t> ShapeOf(const OwnedTensor &tensor) {
  std::vector<int64_t> shape(TF_NumDims(tensor.get()));
  for (size_t axis = 0; axis < shape.size(); ++axis) shape[axis] = TF_Dim(tensor.get(), axis);
  return shape;
}

struct NativeOperation {
  const char *name;
  // As `TF_OpDefinitionBuilderAddAttr` and its like take them.
  std::vector<const char *> attributes, inputs, outputs;
  void (*infer_shapes)(TF_ShapeInferenceContext *, TF_Status *);
  void *(*create)(TF_OpKernelConstruction *);
  void (*compute)(void *, TF_OpKernelContext *);
  void (*remove)(void *);
};

// Tells TensorFlow of an operation for the processor; returns what it has against it, or nothing. Does nothing where another
// copy of the addon was first.
inline std::string Register(const NativeOperation &operation) {
  TF_AutoStatus status;
  TF_Graph *graph = TF_NewGraph();
  TF_Buffer *known = TF_NewBuffer();
  TF_GraphGetOpDef(graph, operation.name, known, status.status);
  TF_DeleteBuffer(known);
  TF_DeleteGraph(graph);
  if (TF_GetCode(status.status) == TF_OK) return "";

  TF_SetStatus(status.status, TF_OK, "");
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char *attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char *input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, operation.infer_shapes);
  TF_RegisterOpDefinition(definition, status.status);
  if (TF_GetCode(status.status) == TF_OK) {
    TF_KernelBuilder *kernel =
        TF_NewKernelBuilder(operation.name, "CPU", operation.create, operation.compute, operation.remove);
    TF_RegisterKernelBuilder(operation.name, kernel, status.status);
  }
  return TF_GetCode(status.status) == TF_OK ? "" : TF_Message(status.status);
}

}  // namespace tfnodejs

#endif  // TFJS_NATIVE_NATIVE_OPERATION_H_
