#include "step_graph.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>
#include "binding/tf_auto_status.h"
#include "binding/tfjs_backend.h"
#include "binding/utils.h"
#include "batch_normalisation.h"
#include "elementwise.h"
#include "memory.h"
#include "signal_guard.h"
#include "tensorflow/c/c_api.h"
#include "tensorflow/c/eager/c_api.h"

namespace tfnodejs {

namespace {

// ConfigProto { graph_options { rewrite_options { arithmetic_optimization: OFF } } }: TensorFlow's arithmetic rewriting of
// a graph depends on memory addresses, so that the same step would give other last bits in another process.
const unsigned char kConfig[] = {0x52, 4, 0x52, 2, 0x38, 2};

int open_graphs = 0;

struct Graph {
  Graph() : graph(TF_NewGraph()) { ++open_graphs; }
  ~Graph() { Close(); }

  void Close() {
    if (graph == nullptr) return;
    if (session != nullptr) {
      TF_AutoStatus status;
      TF_DeleteSession(session, status.status);
      session = nullptr;
    }
    TF_DeleteGraph(graph);
    graph = nullptr;
    operations.clear();
    --open_graphs;
    ReturnMemory();
  }

  TF_Graph *graph;
  TF_Session *session = nullptr;
  std::vector<TF_Operation *> operations;
};

template <typename T, void (*Delete)(T *)>
struct Deleter {
  void operator()(T *pointer) const { Delete(pointer); }
};
using AutoTensor = std::unique_ptr<TF_Tensor, Deleter<TF_Tensor, TF_DeleteTensor>>;
using AutoBuffer = std::unique_ptr<TF_Buffer, Deleter<TF_Buffer, TF_DeleteBuffer>>;
using AutoOptions = std::unique_ptr<TF_SessionOptions, Deleter<TF_SessionOptions, TF_DeleteSessionOptions>>;

bool Refuse(napi_env env, const std::string &message) {
  napi_throw_error(env, nullptr, message.c_str());
  return false;
}

bool Check(napi_env env, napi_status status) {
  return status == napi_ok || (IsExceptionPending(env) ? false : Refuse(env, "The addon was called in a wrong way."));
}

bool Check(napi_env env, const TF_AutoStatus &status) {
  return TF_GetCode(status.status) == TF_OK || Refuse(env, TF_Message(status.status));
}

template <size_t count>
bool Arguments(napi_env env, napi_callback_info info, napi_value (&values)[count]) {
  size_t given = count;
  return Check(env, napi_get_cb_info(env, info, &given, values, nullptr, nullptr)) &&
         (given == count || Refuse(env, "The addon was called with too few arguments."));
}

bool GetGraph(napi_env env, napi_value value, Graph **graph) {
  void *data = nullptr;
  if (!Check(env, napi_get_value_external(env, value, &data))) return false;
  *graph = static_cast<Graph *>(data);
  return (*graph)->graph != nullptr || Refuse(env, "The graph was closed.");
}

bool GetString(napi_env env, napi_value value, std::string *text) {
  return Check(env, GetStringParam(env, value, *text));
}

struct Integers {
  int32_t *values = nullptr;
  size_t size = 0;
};

bool GetIntegers(napi_env env, napi_value value, Integers *integers) {
  napi_typedarray_type type;
  void *data;
  if (!Check(env, napi_get_typedarray_info(env, value, &type, &integers->size, &data, nullptr, nullptr))) return false;
  integers->values = static_cast<int32_t *>(data);
  return type == napi_int32_array || Refuse(env, "The addon was called without an Int32Array.");
}

bool GetOutput(napi_env env, const Graph &graph, int32_t node, int32_t output, TF_Output *found) {
  if (node < 0 || static_cast<size_t>(node) >= graph.operations.size()) {
    return Refuse(env, "The graph has no node " + std::to_string(node) + ".");
  }
  *found = {graph.operations[node], output};
  return (output >= 0 && output < TF_OperationNumOutputs(found->oper)) ||
         Refuse(env, std::string(TF_OperationName(found->oper)) + " has no output " + std::to_string(output) + ".");
}

napi_value CreateGraph(napi_env env, napi_callback_info) {
  auto graph = std::make_unique<Graph>();
  napi_value value;
  const auto finalize = [](napi_env, void *data, void *) { delete static_cast<Graph *>(data); };
  if (!Check(env, napi_create_external(env, graph.get(), finalize, nullptr, &value))) return nullptr;
  graph.release();
  return value;
}

napi_value CloseGraph(napi_env env, napi_callback_info info) {
  napi_value values[1];
  void *data = nullptr;
  if (!Arguments(env, info, values) || !Check(env, napi_get_value_external(env, values[0], &data))) return nullptr;
  static_cast<Graph *>(data)->Close();
  return nullptr;
}

napi_value GetNumOfGraphs(napi_env env, napi_callback_info) {
  napi_value value = nullptr;
  Check(env, napi_create_int32(env, open_graphs, &value));
  return value;
}

napi_value OperationDefinition(napi_env env, napi_callback_info info) {
  napi_value values[2];
  Graph *graph;
  std::string operation;
  if (!Arguments(env, info, values) || !GetGraph(env, values[0], &graph) || !GetString(env, values[1], &operation)) {
    return nullptr;
  }
  TF_AutoStatus status;
  const AutoBuffer definition(TF_NewBuffer());
  TF_GraphGetOpDef(graph->graph, operation.c_str(), definition.get(), status.status);
  if (!Check(env, status)) return nullptr;
  napi_value value = nullptr;
  Check(env, napi_create_buffer_copy(env, definition->length, definition->data, nullptr, &value));
  return value;
}

// Reads everything that a node needs before its description is begun, which only finishing can end.
bool ReadInputs(napi_env env, const Graph &graph, const Integers &from, std::vector<std::vector<TF_Output>> *inputs,
                std::vector<bool> *are_lists) {
  for (size_t at = 0; at < from.size;) {
    const int32_t length = from.values[at++];
    const size_t count = length < 0 ? 1 : length;
    if (at + 2 * count > from.size) return Refuse(env, "The addon was called with too few inputs.");
    std::vector<TF_Output> argument(count);
    for (TF_Output &output : argument) {
      if (!GetOutput(env, graph, from.values[at], from.values[at + 1], &output)) return false;
      at += 2;
    }
    inputs->push_back(std::move(argument));
    are_lists->push_back(length >= 0);
  }
  return true;
}

struct Attribute {
  std::string name;
  void *data;
  size_t length;
};

bool ReadAttributes(napi_env env, napi_value array, std::vector<Attribute> *attributes) {
  uint32_t length;
  if (!Check(env, napi_get_array_length(env, array, &length))) return false;
  for (uint32_t at = 0; at + 1 < length; at += 2) {
    napi_value name, bytes;
    Attribute attribute;
    if (!Check(env, napi_get_element(env, array, at, &name)) || !GetString(env, name, &attribute.name) ||
        !Check(env, napi_get_element(env, array, at + 1, &bytes)) ||
        !Check(env, napi_get_buffer_info(env, bytes, &attribute.data, &attribute.length))) {
      return false;
    }
    attributes->push_back(std::move(attribute));
  }
  return true;
}

napi_value AddGraphNode(napi_env env, napi_callback_info info) {
  napi_value values[5];
  Graph *graph;
  std::string operation, name;
  Integers integers;
  std::vector<std::vector<TF_Output>> inputs;
  std::vector<bool> are_lists;
  std::vector<Attribute> attributes;
  if (!Arguments(env, info, values) || !GetGraph(env, values[0], &graph) || !GetString(env, values[1], &operation) ||
      !GetString(env, values[2], &name) || !GetIntegers(env, values[3], &integers) ||
      !ReadInputs(env, *graph, integers, &inputs, &are_lists) || !ReadAttributes(env, values[4], &attributes)) {
    return nullptr;
  }
  TF_OperationDescription *description = TF_NewOperation(graph->graph, operation.c_str(), name.c_str());
  for (size_t index = 0; index < inputs.size(); ++index) {
    if (are_lists[index]) {
      TF_AddInputList(description, inputs[index].data(), inputs[index].size());
    } else {
      TF_AddInput(description, inputs[index][0]);
    }
  }
  for (const Attribute &attribute : attributes) {
    // What it says against one is said by finishing too.
    TF_AutoStatus status;
    TF_SetAttrValueProto(description, attribute.name.c_str(), attribute.data, attribute.length, status.status);
  }
  TF_AutoStatus status;
  TF_Operation *node = TF_FinishOperation(description, status.status);
  if (!Check(env, status)) return nullptr;
  graph->operations.push_back(node);

  std::vector<int64_t> facts;
  for (int output = 0; output < TF_OperationNumOutputs(node); ++output) {
    const TF_Output at = {node, output};
    const int rank = TF_GraphGetTensorNumDims(graph->graph, at, status.status);
    if (!Check(env, status)) return nullptr;
    facts.push_back(TF_OperationOutputType(at));
    facts.push_back(rank);
    if (rank <= 0) continue;
    std::vector<int64_t> sizes(rank);
    TF_GraphGetTensorShape(graph->graph, at, sizes.data(), rank, status.status);
    if (!Check(env, status)) return nullptr;
    facts.insert(facts.end(), sizes.begin(), sizes.end());
  }
  napi_value result;
  if (!Check(env, napi_create_array_with_length(env, facts.size(), &result))) return nullptr;
  for (size_t index = 0; index < facts.size(); ++index) {
    napi_value fact;
    if (!Check(env, napi_create_int64(env, facts[index], &fact)) ||
        !Check(env, napi_set_element(env, result, index, fact))) {
      return nullptr;
    }
  }
  return result;
}

bool OpenSession(napi_env env, Graph *graph) {
  if (graph->session != nullptr) return true;
  TF_AutoStatus status;
  const AutoOptions options(TF_NewSessionOptions());
  TF_SetConfig(options.get(), kConfig, sizeof(kConfig), status.status);
  if (!Check(env, status)) return false;
  ReturnMemory();
  graph->session = TF_NewSession(graph->graph, options.get(), status.status);
  return Check(env, status);
}

}  // namespace

// A member of the backend's class, for it needs the backend's tensors.
napi_value TFJSBackend::RunGraph(napi_env env, napi_callback_info info) {
  napi_value values[5];
  Graph *graph;
  Integers feeds, tensors, fetches, bare;
  if (!Arguments(env, info, values) || !GetGraph(env, values[0], &graph) || !GetIntegers(env, values[1], &feeds) ||
      !GetIntegers(env, values[2], &tensors) || !GetIntegers(env, values[3], &fetches) ||
      !GetIntegers(env, values[4], &bare)) {
    return nullptr;
  }
  if (tensors.size != feeds.size || fetches.size % 2 != 0 || 2 * bare.size > fetches.size) {
    Refuse(env, "The addon was called with other numbers of nodes than of tensors.");
    return nullptr;
  }
  const SignalGuard guard;
  if (!OpenSession(env, graph)) return nullptr;

  TF_AutoStatus status;
  std::vector<TF_Output> inputs(feeds.size), outputs(fetches.size / 2);
  std::vector<AutoTensor> owned;
  std::vector<TF_Tensor *> given, made(outputs.size(), nullptr);
  for (size_t index = 0; index < feeds.size; ++index) {
    if (!GetOutput(env, *graph, feeds.values[index], 0, &inputs[index])) return nullptr;
    const auto handle = tfe_handle_map_.find(tensors.values[index]);
    if (handle == tfe_handle_map_.end()) {
      Refuse(env, "Input Tensor ID not referenced (tensor_id: " + std::to_string(tensors.values[index]) + ")");
      return nullptr;
    }
    owned.emplace_back(TFE_TensorHandleResolve(handle->second, status.status));
    if (!Check(env, status)) return nullptr;
    given.push_back(owned.back().get());
  }
  for (size_t index = 0; index < outputs.size(); ++index) {
    if (!GetOutput(env, *graph, fetches.values[2 * index], fetches.values[2 * index + 1], &outputs[index])) {
      return nullptr;
    }
  }
  TF_SessionRun(graph->session, nullptr, inputs.data(), given.data(), inputs.size(), outputs.data(), made.data(),
                outputs.size(), nullptr, 0, nullptr, status.status);
  owned.clear();
  for (TF_Tensor *tensor : made) owned.emplace_back(tensor);
  if (!Check(env, status)) return nullptr;

  napi_value result;
  const size_t described = made.size() - bare.size;
  if (!Check(env, napi_create_array_with_length(env, described, &result))) return nullptr;
  for (size_t index = 0; index < made.size(); ++index) {
    TFE_TensorHandle *handle = TFE_NewTensorHandle(made[index], status.status);
    if (!Check(env, status)) return nullptr;
    if (index >= described) {
      bare.values[index - described] = InsertHandle(handle);
      continue;
    }
    const napi_value metadata = GenerateOutputTensorInfo(env, handle);
    if (metadata == nullptr || !Check(env, napi_set_element(env, result, index, metadata))) return nullptr;
  }
  return result;
}

namespace {

napi_value RunGraph(napi_env env, napi_callback_info info) {
  TFJSBackend *backend = nullptr;
  if (!Check(env, napi_get_instance_data(env, reinterpret_cast<void **>(&backend)))) return nullptr;
  return backend->RunGraph(env, info);
}

}  // namespace

napi_status DefineStepGraph(napi_env env, napi_value exports) {
  ShareMemoryPools();
  ForgetLoading();
  // Once a process, whichever of Node's threads comes first.
  static const std::string refused = DefineElementwise() + DefineBatchNormalisation();
  if (!refused.empty()) {
    Refuse(env, refused);
    return napi_generic_failure;
  }
  const auto method = [](const char *name, napi_callback call) {
    return napi_property_descriptor{name,    nullptr, call, nullptr, nullptr, nullptr, napi_default, nullptr};
  };
  const napi_property_descriptor methods[] = {
      method("createGraph", CreateGraph),       method("operationDefinition", OperationDefinition),
      method("addGraphNode", AddGraphNode),     method("runGraph", RunGraph),
      method("closeGraph", CloseGraph),         method("getNumOfGraphs", GetNumOfGraphs),
  };
  return napi_define_properties(env, exports, ARRAY_SIZE(methods), methods);
}

}  // namespace tfnodejs
