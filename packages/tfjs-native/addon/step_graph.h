#ifndef TFJS_NATIVE_STEP_GRAPH_H_
#define TFJS_NATIVE_STEP_GRAPH_H_

#include <node_api.h>

namespace tfnodejs {

// Adds to the addon what compiled steps need:
//
//   createGraph() -> graph
//   operationDefinition(graph, operation) -> bytes of the OpDef
//   addGraphNode(graph, operation, name, inputs, attributes) -> outputs
//     inputs: Int32Array; for each input argument -1 and a pair (node, output), or for a list its length and its pairs
//     attributes: [name, bytes of the AttrValue, name, bytes, ...]
//     outputs: for each its dtype, its rank (-1 where unknown) and its sizes (-1 where unknown), in one array of numbers
//   runGraph(graph, feeds, tensors, fetches, bare) -> { id, shape, dtype } for each fetch but the last ones
//     feeds: Int32Array of nodes; tensors: Int32Array, an id for each; fetches: Int32Array of pairs (node, output)
//     bare: Int32Array that takes the ids of the last fetches, as many as it holds, whose shape and dtype are known
//   closeGraph(graph)
//   getNumOfGraphs() -> how many are open
//
// Nodes are numbered in the order in which they are added. A graph may grow between two runs. What TensorFlow refuses is
// thrown as an Error with TensorFlow's whole message. A graph that is garbage closes itself.
napi_status DefineStepGraph(napi_env env, napi_value exports);

}  // namespace tfnodejs

#endif  // TFJS_NATIVE_STEP_GRAPH_H_
