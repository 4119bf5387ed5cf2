#include "elementwise.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>
#include "native_operation.h"

namespace tfnodejs {

namespace {

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
  Run run(context);
  std::vector<OwnedTensor> owned;
  std::vector<Operand> given;
  std::vector<int64_t> shape;
  int64_t size = 1;
  for (int64_t index = 0; index < program.inputs; ++index) {
    owned.push_back(run.Input(index));
    if (run.failed()) return;
    const int64_t elements = TF_TensorElementCount(owned.back().get());
    given.push_back({Values(owned.back()), elements == 1});
    if (elements == 1) continue;
    if (size != 1 && size != elements) return run.Fail("The inputs have more than one size.");
    size = elements;
    shape = ShapeOf(owned.back());
  }
  const int64_t instructions = program.instructions.size();
  std::vector<float *> outputs(instructions, nullptr);
  for (size_t index = 0; index < program.fetched.size(); ++index) {
    owned.push_back(run.Output(index, shape));
    if (run.failed()) return;
    outputs[program.fetched[index]] = Values(owned.back());
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

}  // namespace

std::string DefineElementwise() {
  return Register({
      "HypersphericalElementwise",
      {"count: int >= 1", "results: int >= 1", "program: list(int)", "fetched: list(int)"},
      {"inputs: count * float"},
      {"outputs: results * float"},
      TF_ShapeInferenceContextSetUnknownShape,
      Create,
      Compute,
      Delete,
  });
}

}  // namespace tfnodejs
