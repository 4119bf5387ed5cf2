import { cudaWheels } from './cuda-wheels.js';
import type { WheelMember, WheelRecipe } from './wheel-recipe.js';

/** The TensorFlow release whose libraries the engine runs on. */
export const tensorflowVersion = '2.15.1';

/** The @tensorflow/tfjs-node release whose kernels and C++ binding are used. */
export const tfjsNodeVersion = '4.22.0';

/** Node-API version of the addon, then the revision of how it is built here: raise it when that changes. */
const addonAbi = 'napi8.5';

/** `cpu`: TensorFlow for processors; `gpu`: TensorFlow with CUDA, which computes on the processor where it finds no GPU. */
export type EngineVariant = 'cpu' | 'gpu';

/** Everything that set-up needs to know about one platform. */
export interface EngineRecipe {
  /** As Node says it, for example `linux-x64`. */
  readonly platform: string;
  readonly variant: EngineVariant;
  /** The folder's name in the cache: versions, platform and ABI, so that engines never mix. */
  readonly key: string;
  /** What an addon depends on: that of a GPU variant is the same as that of the processor's. */
  readonly addonKey: string;
  /** What is fetched: TensorFlow first, then what CUDA needs. */
  readonly wheels: readonly WheelRecipe[];
  /** Free bytes that making the engine needs at its peak. */
  readonly neededBytes: number;
  /** Bytes that stay in the cache. */
  readonly keptBytes: number;
  /** The libraries that the addon is linked with, relative to the engine's folder. */
  readonly libraries: readonly string[];
  /** Compiler arguments that differ between platforms. */
  readonly compilerFlags: readonly string[];
}

const headers: readonly WheelMember[] = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
  'tensorflow/c/experimental/stream_executor/stream_executor.h',
  'tensorflow/c/kernels.h',
  'tensorflow/c/ops.h',
  'tensorflow/c/tf_attrtype.h',
  'tensorflow/c/tf_buffer.h',
  'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h',
  'tensorflow/c/tf_tensor.h',
  'tensorflow/c/tf_tstring.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/c/tsl_status.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
].map((name) => ({ member: `tensorflow/include/${name}`, file: `include/${name}` }));

const linux = {
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  compilerFlags: ['-fPIC', '-shared', '-Wl,-rpath,$ORIGIN/../lib'],
};

const darwin = {
  libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  compilerFlags: ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../lib'],
};

/** What to fetch for a platform and variant. */
interface PlatformRecipe {
  readonly libraries: readonly string[];
  readonly compilerFlags: readonly string[];
  readonly distribution: string;
  readonly tag: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly more?: readonly WheelMember[];
}

const platforms: Readonly<Record<string, PlatformRecipe>> = {
  'linux-x64': {
    ...linux,
    distribution: 'tensorflow-cpu',
    tag: 'manylinux_2_17_x86_64',
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    bytes: 207_208_420,
  },
  'linux-arm64': {
    ...linux,
    distribution: 'tensorflow-cpu-aws',
    tag: 'manylinux_2_17_aarch64',
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    bytes: 211_874_120,
    // Its rpath also looks beside itself.
    more: [{ member: 'tensorflow_cpu_aws.libs/libomp-54bf90fd.so.5', file: 'lib/libomp-54bf90fd.so.5' }],
  },
  'darwin-arm64': {
    ...darwin,
    distribution: 'tensorflow',
    tag: 'macosx_12_0_arm64',
    sha256: 'aa926114d1e13ffe5b2ea59c3f195216f26646d7fe36e9e5207b291e4b7902ff',
    bytes: 205_736_374,
  },
  'darwin-x64': {
    ...darwin,
    distribution: 'tensorflow',
    tag: 'macosx_10_15_x86_64',
    sha256: '6761efe511e6ee0f893f60738fefbcc51d6dc386eeaaafea59d21899ef369ffd',
    bytes: 236_482_723,
  },
};

/** Where there is a GPU variant. */
const gpuPlatforms: Readonly<Record<string, PlatformRecipe>> = {
  'linux-x64': {
    ...linux,
    distribution: 'tensorflow',
    tag: 'manylinux_2_17_x86_64',
    sha256: 'bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4',
    bytes: 475_258_663,
  },
};

/** The platforms that have a recipe. */
export const supportedPlatforms: readonly string[] = Object.keys(platforms);

/** Those that have one for GPUs. */
export const supportedGpuPlatforms: readonly string[] = Object.keys(gpuPlatforms);

/**
 * The recipe for a platform, for example `engineRecipe('linux', 'x64')`; `undefined` where TensorFlow publishes no
 * wheel that would serve.
 */
export function engineRecipe(
  platform: string = process.platform,
  architecture: string = process.arch,
  variant: EngineVariant = 'cpu',
): EngineRecipe | undefined {
  const name = `${platform}-${architecture}`;
  const recipes = variant === 'gpu' ? gpuPlatforms : platforms;
  const found = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (found === undefined) return undefined;
  const { distribution, tag, sha256, bytes, libraries, compilerFlags, more = [] } = found;
  const isGpu = variant === 'gpu';
  const versions = `tensorflow-${tensorflowVersion}-tfjs-node-${tfjsNodeVersion}-${name}`;
  const members = libraries.map((library) => ({ member: `tensorflow/${library}`, file: `lib/${library}` }));
  return {
    platform: name,
    variant,
    key: `${versions}${isGpu ? '-gpu' : ''}-${addonAbi}`,
    addonKey: `${versions}-${addonAbi}`,
    wheels: [
      {
        requirement: `${distribution}==${tensorflowVersion}`,
        tag,
        sha256,
        bytes,
        members: [...members, ...more, ...headers],
        licences: 'licences',
      },
      ...(isGpu ? cudaWheels : []),
    ],
    neededBytes: isGpu ? 7_000_000_000 : 1_500_000_000,
    keptBytes: isGpu ? 3_500_000_000 : 620_000_000,
    libraries: members.map(({ file }) => file),
    compilerFlags,
  };
}
