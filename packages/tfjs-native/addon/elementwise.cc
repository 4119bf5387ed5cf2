#include "elementwise.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>
#include "binding/tf_auto_status.h"
#include "tensorflow/c/c_api.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"

namespace tfnodejs {

namespace {

const char kName[] = "HypersphericalElementwise";

// So many elements at a time that the results of some twenty instructions stay in the nearest cache.
constexpr int64_t kBlock = 256;

// As `src/compile/fuse-updates.ts` numbers them.
enum Operation : int64_t { kAdd, kSubtract, kMultiply, kDivide, kSquare, kSquareRoot, kOperations };

struct Instruction {
  int64_t operation, left, right;
};

struct Program {
  int64_t inputs = 0;
  std::vector<Instruction> instructions;
  std::vector<int64_t> fetched;
};

struct Operand {
  const float *values;
  // A single element goes with all.
  bool is_single;
};

template <typename Compute>
void Apply(const Operand &left, const Operand &right, float *result, int64_t size, Compute compute) {
  const float *__restrict a = left.values;
  const float *__restrict b = right.values;
  float *__restrict to = result;
  if (left.is_single) {
    const float one = *a;
    for (int64_t at = 0; at < size; ++at) to[at] = compute(one, b[at]);
  } else if (right.is_single) {
    const float one = *b;
    for (int64_t at = 0; at < size; ++at) to[at] = compute(a[at], one);
  } else {
    for (int64_t at = 0; at < size; ++at) to[at] = compute(a[at], b[at]);
  }
}

void Execute(int64_t operation, const Operand &left, const Operand &right, float *result, int64_t size) {
  switch (operation) {
    case kAdd:
      return Apply(left, right, result, size, [](float a, float b) { return a + b; });
    case kSubtract:
      return Apply(left, right, result, size, [](float a, float b) { return a - b; });
    case kMultiply:
      return Apply(left, right, result, size, [](float a, float b) { return a * b; });
    case kDivide:
      return Apply(left, right, result, size, [](float a, float b) { return a / b; });
    case kSquare:
      return Apply(left, left, result, size, [](float a, float) { return a * a; });
    default:
      return Apply(left, left, result, size, [](float a, float) { return std::sqrt(a); });
  }
}

struct DeleteTensor {
  void operator()(TF_Tensor *tensor) const { TF_DeleteTensor(tensor); }
};
using AutoTensor = std::unique_ptr<TF_Tensor, DeleteTensor>;

std::vector<int64_t> Integers(TF_OpKernelConstruction *construction, const char *name, TF_Status *status) {
  int32_t size = 0, total = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, name, &size, &total, status);
  std::vector<int64_t> values(std::max(size, 0));
  if (TF_GetCode(status) == TF_OK) {
    TF_OpKernelConstruction_GetAttrInt64List(construction, name, values.data(), size, status);
  }
  return values;
}

// Refuses what would read or write elsewhere.
bool IsSound(const Program &program) {
  const int64_t count = program.instructions.size();
  for (int64_t at = 0; at < count; ++at) {
    const auto [operation, left, right] = program.instructions[at];
    const int64_t known = program.inputs + at;
    if (operation < 0 || operation >= kOperations || left < 0 || left >= known || right < 0 || right >= known) return false;
  }
  return std::all_of(program.fetched.begin(), program.fetched.end(),
                     [count](int64_t index) { return index >= 0 && index < count; });
}

void *Create(TF_OpKernelConstruction *construction) {
  TF_AutoStatus status;
  auto program = std::make_unique<Program>();
  TF_OpKernelConstruction_GetAttrInt64(construction, "count", &program->inputs, status.status);
  const std::vector<int64_t> numbers = Integers(construction, "program", status.status);
  program->fetched = Integers(construction, "fetched", status.status);
  for (size_t at = 0; at + 2 < numbers.size(); at += 3) {
    program->instructions.push_back({numbers[at], numbers[at + 1], numbers[at + 2]});
  }
  if (TF_GetCode(status.status) == TF_OK && !IsSound(*program)) {
    TF_SetStatus(status.status, TF_INVALID_ARGUMENT, "The program names an operand that is not there.");
  }
  if (TF_GetCode(status.status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status.status);
  return program.release();
}

void Delete(void *kernel) { delete static_cast<Program *>(kernel); }

void Compute(void *kernel, TF_OpKernelContext *context) {
  const Program &program = *static_cast<const Program *>(kernel);
  TF_AutoStatus status;
  const auto fail = [&] { TF_OpKernelContext_Failure(context, status.status); };
  std::vector<AutoTensor> owned;
  std::vector<Operand> given;
  std::vector<int64_t> shape;
  int64_t size = 1;
  for (int64_t index = 0; index < program.inputs; ++index) {
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context, index, &tensor, status.status);
    if (TF_GetCode(status.status) != TF_OK) return fail();
    owned.emplace_back(tensor);
    const int64_t elements = TF_TensorElementCount(tensor);
    given.push_back({static_cast<const float *>(TF_TensorData(tensor)), elements == 1});
    if (elements == 1) continue;
    if (size != 1 && size != elements) {
      TF_SetStatus(status.status, TF_INVALID_ARGUMENT, "The inputs have more than one size.");
      return fail();
    }
    size = elements;
    shape.resize(TF_NumDims(tensor));
    for (size_t axis = 0; axis < shape.size(); ++axis) shape[axis] = TF_Dim(tensor, axis);
  }
  const int64_t instructions = program.instructions.size();
  std::vector<float *> outputs(instructions, nullptr);
  for (size_t index = 0; index < program.fetched.size(); ++index) {
    TF_Tensor *tensor = TF_AllocateOutput(context, index, TF_FLOAT, shape.data(), shape.size(), size * sizeof(float),
                                          status.status);
    if (TF_GetCode(status.status) != TF_OK) return fail();
    owned.emplace_back(tensor);
    outputs[program.fetched[index]] = static_cast<float *>(TF_TensorData(tensor));
  }
  std::vector<float> between(instructions * kBlock);
  std::vector<Operand> operands(program.inputs + instructions);
  for (int64_t start = 0; start < size; start += kBlock) {
    for (int64_t index = 0; index < program.inputs; ++index) {
      operands[index] = {given[index].values + (given[index].is_single ? 0 : start), given[index].is_single};
    }
    for (int64_t at = 0; at < instructions; ++at) {
      const auto [operation, left, right] = program.instructions[at];
      float *result = outputs[at] == nullptr ? between.data() + at * kBlock : outputs[at] + start;
      Execute(operation, operands[left], operands[right], result, std::min(kBlock, size - start));
      operands[program.inputs + at] = {result, false};
    }
  }
}

// Another copy of the addon may have told TensorFlow before.
bool IsKnown() {
  TF_AutoStatus status;
  TF_Graph *graph = TF_NewGraph();
  TF_Buffer *found = TF_NewBuffer();
  TF_GraphGetOpDef(graph, kName, found, status.status);
  TF_DeleteBuffer(found);
  TF_DeleteGraph(graph);
  return TF_GetCode(status.status) == TF_OK;
}

// Returns what TensorFlow has against it, or nothing.
std::string Register() {
  if (IsKnown()) return "";
  TF_AutoStatus status;
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(kName);
  for (const char *attribute : {"count: int >= 1", "results: int >= 1", "program: list(int)", "fetched: list(int)"}) {
    TF_OpDefinitionBuilderAddAttr(definition, attribute);
  }
  TF_OpDefinitionBuilderAddInput(definition, "inputs: count * float");
  TF_OpDefinitionBuilderAddOutput(definition, "outputs: results * float");
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, TF_ShapeInferenceContextSetUnknownShape);
  TF_RegisterOpDefinition(definition, status.status);
  if (TF_GetCode(status.status) == TF_OK) {
    TF_RegisterKernelBuilder(kName, TF_NewKernelBuilder(kName, "CPU", Create, Compute, Delete), status.status);
  }
  return TF_GetCode(status.status) == TF_OK ? "" : TF_Message(status.status);
}

}  // namespace

napi_status DefineElementwise(napi_env env) {
  // Once a process, whichever of Node's threads comes first.
  static const std::string refused = Register();
  if (refused.empty()) return napi_ok;
  napi_throw_error(env, nullptr, refused.c_str());
  return napi_generic_failure;
}

}  // namespace tfnodejs
