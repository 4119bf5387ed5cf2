#ifndef TFJS_NATIVE_ELEMENTWISE_H_
#define TFJS_NATIVE_ELEMENTWISE_H_

#include <string>

namespace tfnodejs {

// Tells TensorFlow of an operation of ours, on the processor, that does the work of several element by element:
//
//   HypersphericalElementwise(inputs: count float tensors) -> outputs: float tensors, one for each of `fetched`
//     program: three integers an instruction: what to do, and two operands
//     fetched: the instructions whose results are outputs
//
// An operand is an input, or from `count` on an instruction before. Inputs have one shape, or a single element that goes
// with every other one. Each instruction rounds as TensorFlow's own operation does, so that results have the same bits;
// what lies between them stays in the processor's nearest cache, and there is one operation to schedule instead of many.
//
// Returns what TensorFlow has against it, or nothing.
std::string DefineElementwise();

}  // namespace tfnodejs

#endif  // TFJS_NATIVE_ELEMENTWISE_H_
