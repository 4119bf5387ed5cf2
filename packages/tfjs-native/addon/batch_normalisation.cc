#include "batch_normalisation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>
#include "native_operation.h"

namespace tfnodejs {

namespace {

// So many neighbouring numbers are computed at a time: some pixels of few channels, or a part of the channels of one pixel.
constexpr int64_t kLanes = 32;
// So many rows of lanes are summed in float.
constexpr int64_t kRows = 64;

// Where the numbers of some lanes lie in x. With few channels a row holds several pixels, and the last may be cut off.
struct Layout {
  Layout(int64_t size, int64_t channels)
      : channels(channels),
        pixels(size / channels),
        stride(std::max(channels, kLanes)),
        tiles(stride / kLanes),
        rows(size / stride),
        rest(size % stride) {}

  // Columns in which lanes are channels; several lanes of a tile are one channel where there are fewer than lanes.
  int64_t channels, pixels, stride, tiles, rows, rest;
};

// Count, mean and sum of squared distances from the mean.
struct Moments {
  double count = 0, mean = 0, squares = 0;

  void Join(double other_count, double other_mean, double other_squares) {
    if (other_count == 0) return;
    const double total = count + other_count;
    const double distance = other_mean - mean;
    mean += distance * (other_count / total);
    squares += other_squares + distance * distance * (count * other_count / total);
    count = total;
  }
};

// Sums of x, then of distances from the mean of these rows, and of their squares.
FOR_EACH_VECTOR_UNIT
void SumRows(const float *__restrict x, int64_t stride, int64_t rows, float *__restrict mean, float *__restrict distances,
             float *__restrict squares) {
  float sums[kLanes] = {}, first[kLanes] = {}, second[kLanes] = {};
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t lane = 0; lane < kLanes; ++lane) sums[lane] += x[row * stride + lane];
  }
  const float share = 1.0f / rows;
  for (int64_t lane = 0; lane < kLanes; ++lane) sums[lane] *= share;
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      const float distance = x[row * stride + lane] - sums[lane];
      first[lane] += distance;
      second[lane] += distance * distance;
    }
  }
  for (int64_t lane = 0; lane < kLanes; ++lane) {
    mean[lane] = sums[lane];
    distances[lane] = first[lane];
    squares[lane] = second[lane];
  }
}

FOR_EACH_VECTOR_UNIT
void NormaliseRows(const float *__restrict x, int64_t stride, int64_t rows, const float *__restrict mean,
                   const float *__restrict slope, const float *__restrict offset, float *__restrict y) {
  float means[kLanes], slopes[kLanes], offsets[kLanes];
  for (int64_t lane = 0; lane < kLanes; ++lane) {
    means[lane] = mean[lane];
    slopes[lane] = slope[lane];
    offsets[lane] = offset[lane];
  }
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      y[row * stride + lane] = (x[row * stride + lane] - means[lane]) * slopes[lane] + offsets[lane];
    }
  }
}

// Sums of dy, and of its products with distances of x from the mean.
FOR_EACH_VECTOR_UNIT
void SumGradientRows(const float *__restrict dy, const float *__restrict x, int64_t stride, int64_t rows,
                     const float *__restrict mean, float *__restrict sums, float *__restrict products) {
  float means[kLanes], first[kLanes] = {}, second[kLanes] = {};
  for (int64_t lane = 0; lane < kLanes; ++lane) means[lane] = mean[lane];
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      const float gradient = dy[row * stride + lane];
      first[lane] += gradient;
      second[lane] += gradient * (x[row * stride + lane] - means[lane]);
    }
  }
  for (int64_t lane = 0; lane < kLanes; ++lane) {
    sums[lane] = first[lane];
    products[lane] = second[lane];
  }
}

// dx = slope (dy - sum / n - (x - mean) product / n).
FOR_EACH_VECTOR_UNIT
void GradientRows(const float *__restrict dy, const float *__restrict x, int64_t stride, int64_t rows,
                  const float *__restrict mean, const float *__restrict slope, const float *__restrict sum,
                  const float *__restrict product, float *__restrict dx) {
  float means[kLanes], slopes[kLanes], sums[kLanes], products[kLanes];
  for (int64_t lane = 0; lane < kLanes; ++lane) {
    means[lane] = mean[lane];
    slopes[lane] = slope[lane];
    sums[lane] = sum[lane];
    products[lane] = product[lane];
  }
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      const int64_t at = row * stride + lane;
      dx[at] = slopes[lane] * (dy[at] - sums[lane] - (x[at] - means[lane]) * products[lane]);
    }
  }
}

// One number for each column of the lanes, from one for each channel.
std::vector<float> Spread(const std::vector<float> &values, const Layout &layout) {
  std::vector<float> spread(layout.stride);
  for (int64_t column = 0; column < layout.stride; ++column) spread[column] = values[column % layout.channels];
  return spread;
}

// Calls `block(offset of the first number, rows, column)` for all rows of lanes, `kRows` of a tile at most at a time.
template <typename Block>
void ForEachBlock(const Layout &layout, Block block) {
  for (int64_t row = 0; row < layout.rows; row += kRows) {
    const int64_t rows = std::min(kRows, layout.rows - row);
    for (int64_t tile = 0; tile < layout.tiles; ++tile) {
      block(row * layout.stride + tile * kLanes, rows, tile * kLanes);
    }
  }
}

struct Settings {
  float epsilon = 0, factor = 0;
};

void *CreateForward(TF_OpKernelConstruction *construction) {
  TF_AutoStatus status;
  auto settings = std::make_unique<Settings>();
  TF_OpKernelConstruction_GetAttrFloat(construction, "epsilon", &settings->epsilon, status.status);
  TF_OpKernelConstruction_GetAttrFloat(construction, "factor", &settings->factor, status.status);
  if (TF_GetCode(status.status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status.status);
  return settings.release();
}

void DeleteForward(void *kernel) { delete static_cast<Settings *>(kernel); }

bool Fits(const OwnedTensor &x, int64_t channels) {
  const int axes = TF_NumDims(x.get());
  return channels > 0 && axes > 0 && TF_Dim(x.get(), axes - 1) == channels && TF_TensorElementCount(x.get()) > 0 &&
         (channels % kLanes == 0 || kLanes % channels == 0);
}

const char kShapes[] = "x must be [..., channels] with channels a multiple or a divisor of 32, and the others [channels].";

void ComputeForward(void *kernel, TF_OpKernelContext *context) {
  const Settings &settings = *static_cast<const Settings *>(kernel);
  Run run(context);
  const OwnedTensor x = run.Input(0), scale = run.Input(1), offset = run.Input(2), mean = run.Input(3),
                    variance = run.Input(4);
  if (run.failed()) return;
  const int64_t channels = TF_TensorElementCount(scale.get());
  for (const OwnedTensor *each : {&offset, &mean, &variance}) {
    if (TF_TensorElementCount(each->get()) != channels) return run.Fail(kShapes);
  }
  if (!Fits(x, channels)) return run.Fail(kShapes);
  const OwnedTensor y = run.Output(0, ShapeOf(x)), moved_mean = run.Output(1, {channels}),
                    moved_variance = run.Output(2, {channels}), batch_mean = run.Output(3, {channels}),
                    batch_inverse = run.Output(4, {channels}), workspace = run.Output(5, {0});
  if (run.failed()) return;

  const Layout layout(TF_TensorElementCount(x.get()), channels);
  const float *from = Values(x);
  float *to = Values(y);
  std::vector<Moments> columns(layout.stride);
  float means[kLanes], distances[kLanes], squares[kLanes];
  ForEachBlock(layout, [&](int64_t start, int64_t rows, int64_t column) {
    SumRows(from + start, layout.stride, rows, means, distances, squares);
    const double share = 1.0 / rows;
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      // The mean in float is not quite the mean.
      const double distance = distances[lane];
      columns[column + lane].Join(rows, means[lane] + distance * share, squares[lane] - distance * distance * share);
    }
  });
  const int64_t rest = layout.rows * layout.stride;
  for (int64_t index = 0; index < layout.rest; ++index) columns[index].Join(1, from[rest + index], 0);

  std::vector<float> slopes(channels), offsets(channels), centres(channels);
  for (int64_t channel = 0; channel < channels; ++channel) {
    Moments all;
    for (int64_t column = channel; column < layout.stride; column += channels) {
      all.Join(columns[column].count, columns[column].mean, columns[column].squares);
    }
    const double inverse = 1 / std::sqrt(all.squares / all.count + settings.epsilon);
    const float unbiased = all.squares / std::max(all.count - 1, 1.0);
    const float kept = 1 - settings.factor;
    centres[channel] = all.mean;
    slopes[channel] = inverse * Values(scale)[channel];
    offsets[channel] = Values(offset)[channel];
    Values(moved_mean)[channel] = kept * Values(mean)[channel] + settings.factor * centres[channel];
    Values(moved_variance)[channel] = kept * Values(variance)[channel] + settings.factor * unbiased;
    Values(batch_mean)[channel] = centres[channel];
    Values(batch_inverse)[channel] = inverse;
  }
  const std::vector<float> centre = Spread(centres, layout), slope = Spread(slopes, layout), shift = Spread(offsets, layout);
  ForEachBlock(layout, [&](int64_t start, int64_t rows, int64_t column) {
    NormaliseRows(from + start, layout.stride, rows, &centre[column], &slope[column], &shift[column], to + start);
  });
  for (int64_t index = 0; index < layout.rest; ++index) {
    to[rest + index] = (from[rest + index] - centre[index]) * slope[index] + shift[index];
  }
}

void ComputeGradient(void *, TF_OpKernelContext *context) {
  Run run(context);
  const OwnedTensor dy = run.Input(0), x = run.Input(1), scale = run.Input(2), batch_mean = run.Input(3),
                    batch_inverse = run.Input(4);
  if (run.failed()) return;
  const int64_t channels = TF_TensorElementCount(scale.get());
  for (const OwnedTensor *each : {&batch_mean, &batch_inverse}) {
    if (TF_TensorElementCount(each->get()) != channels) return run.Fail(kShapes);
  }
  if (!Fits(x, channels) || ShapeOf(dy) != ShapeOf(x)) return run.Fail(kShapes);
  const OwnedTensor dx = run.Output(0, ShapeOf(x)), scale_gradient = run.Output(1, {channels}),
                    offset_gradient = run.Output(2, {channels});
  if (run.failed()) return;

  const Layout layout(TF_TensorElementCount(x.get()), channels);
  const float *from = Values(x), *gradient = Values(dy);
  float *to = Values(dx);
  const float *inverses = Values(batch_inverse);
  const std::vector<float> centre =
      Spread(std::vector<float>(Values(batch_mean), Values(batch_mean) + channels), layout);
  std::vector<double> sums(channels), products(channels);
  float first[kLanes], second[kLanes];
  ForEachBlock(layout, [&](int64_t start, int64_t rows, int64_t column) {
    SumGradientRows(gradient + start, from + start, layout.stride, rows, &centre[column], first, second);
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      sums[(column + lane) % channels] += first[lane];
      products[(column + lane) % channels] += second[lane];
    }
  });
  const int64_t rest = layout.rows * layout.stride;
  for (int64_t index = 0; index < layout.rest; ++index) {
    sums[index % channels] += gradient[rest + index];
    products[index % channels] += gradient[rest + index] * (from[rest + index] - centre[index]);
  }

  std::vector<float> slopes(channels), shares(channels), steepness(channels);
  for (int64_t channel = 0; channel < channels; ++channel) {
    const double inverse = inverses[channel];
    Values(scale_gradient)[channel] = products[channel] * inverse;
    Values(offset_gradient)[channel] = sums[channel];
    slopes[channel] = Values(scale)[channel] * inverse;
    shares[channel] = sums[channel] / layout.pixels;
    steepness[channel] = products[channel] * inverse * inverse / layout.pixels;
  }
  const std::vector<float> slope = Spread(slopes, layout), share = Spread(shares, layout), steep = Spread(steepness, layout);
  ForEachBlock(layout, [&](int64_t start, int64_t rows, int64_t column) {
    GradientRows(gradient + start, from + start, layout.stride, rows, &centre[column], &slope[column], &share[column],
                 &steep[column], to + start);
  });
  for (int64_t index = 0; index < layout.rest; ++index) {
    const int64_t at = rest + index;
    to[at] = slope[index] * (gradient[at] - share[index] - (from[at] - centre[index]) * steep[index]);
  }
}

// Output `index` has the shape of the input that `like` names.
void InferShapes(TF_ShapeInferenceContext *context, const std::vector<int> &like, TF_Status *status) {
  TF_ShapeHandle *shape = TF_NewShapeHandle();
  for (size_t index = 0; index < like.size() && TF_GetCode(status) == TF_OK; ++index) {
    TF_ShapeInferenceContextGetInput(context, like[index], shape, status);
    if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context, index, shape, status);
  }
  TF_DeleteShapeHandle(shape);
}

void InferForward(TF_ShapeInferenceContext *context, TF_Status *status) {
  InferShapes(context, {0, 1, 1, 1, 1}, status);
  TF_ShapeHandle *empty = TF_ShapeInferenceContextVectorFromSize(context, 0);
  if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context, 5, empty, status);
  TF_DeleteShapeHandle(empty);
}

void InferGradient(TF_ShapeInferenceContext *context, TF_Status *status) { InferShapes(context, {1, 2, 2}, status); }

}  // namespace

std::string DefineBatchNormalisation() {
  return Register({
             "HypersphericalBatchNorm",
             {"epsilon: float", "factor: float"},
             {"x: float", "scale: float", "offset: float", "mean: float", "variance: float"},
             {"y: float", "moved_mean: float", "moved_variance: float", "batch_mean: float", "batch_inverse: float",
              "workspace: float"},
             InferForward,
             CreateForward,
             ComputeForward,
             DeleteForward,
         }) +
         Register({
             "HypersphericalBatchNormGrad",
             {},
             {"dy: float", "x: float", "scale: float", "batch_mean: float", "batch_inverse: float"},
             {"dx: float", "scale_gradient: float", "offset_gradient: float"},
             InferGradient,
             nullptr,
             ComputeGradient,
             nullptr,
         });
}

}  // namespace tfnodejs
