#ifndef TFJS_NATIVE_BATCH_NORMALISATION_H_
#define TFJS_NATIVE_BATCH_NORMALISATION_H_

#include <string>

namespace tfnodejs {

// Tells TensorFlow of batch normalisation in training on one thread. TensorFlow's own by oneDNN spreads small inputs over
// threads, which costs more than it saves; with up to 16 channels it computes on one thread anyway, in more passes.
//
//   HypersphericalBatchNorm(x, scale, offset, mean, variance; epsilon, factor)
//     -> y, moved_mean, moved_variance, batch_mean, batch_inverse, workspace (empty)
//   HypersphericalBatchNormGrad(dy, x, scale, batch_mean, batch_inverse) -> dx, scale_gradient, offset_gradient
//
// x [..., channels], where the channels are a multiple or a divisor of 32. The variance that moves is the unbiased one,
// batch_inverse 1 / sqrt(biased variance + epsilon). Sums over the batch are taken in double from short sums in float.
//
// Returns what TensorFlow has against it, or nothing.
std::string DefineBatchNormalisation();

}  // namespace tfnodejs

#endif  // TFJS_NATIVE_BATCH_NORMALISATION_H_
