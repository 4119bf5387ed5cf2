/** The TensorFlow release whose libraries the engine runs on. */
export const tensorflowVersion = '2.15.1';

/** The @tensorflow/tfjs-node release whose kernels and C++ binding are used. */
export const tfjsNodeVersion = '4.22.0';

/** Node-API version of the addon, then the revision of how it is built here: raise it when that changes. */
const addonAbi = 'napi8.3';

/** A file to take out of the wheel, and where it goes in the folder that is being made. */
export interface WheelMember {
  readonly member: string;
  readonly file: string;
}

/** Everything that set-up needs to know about one platform. */
export interface EngineRecipe {
  /** As Node says it, for example `linux-x64`. */
  readonly platform: string;
  /** The folder's name in the cache: versions, platform and ABI, so that engines never mix. */
  readonly key: string;
  /** For pip, for example `tensorflow-cpu==2.15.1`. */
  readonly requirement: string;
  /** Platform tag of the wheel. */
  readonly wheelTag: string;
  readonly wheelSha256: string;
  /** Size of the download in bytes. */
  readonly wheelBytes: number;
  /** Free bytes that making the engine needs at its peak. */
  readonly neededBytes: number;
  /** The shared libraries, which stay in the cache. */
  readonly libraries: readonly WheelMember[];
  /** The C headers, which only the compiler needs. */
  readonly headers: readonly WheelMember[];
  /** Compiler arguments that differ between platforms. */
  readonly compilerFlags: readonly string[];
}

const headers: readonly WheelMember[] = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
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

function libraries(...names: string[]): WheelMember[] {
  return names.map((name) => ({ member: `tensorflow/${name}`, file: `lib/${name}` }));
}

const linux = {
  libraries: libraries('libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'),
  compilerFlags: ['-fPIC', '-shared', '-Wl,-rpath,$ORIGIN/../lib'],
};

const darwin = {
  libraries: libraries('libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'),
  compilerFlags: ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../lib'],
};

const platforms = {
  'linux-x64': {
    ...linux,
    distribution: 'tensorflow-cpu',
    wheelTag: 'manylinux_2_17_x86_64',
    wheelSha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    wheelBytes: 207_208_420,
  },
  'linux-arm64': {
    ...linux,
    distribution: 'tensorflow-cpu-aws',
    wheelTag: 'manylinux_2_17_aarch64',
    wheelSha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    wheelBytes: 211_874_120,
    libraries: [
      ...linux.libraries,
      // Its rpath also looks beside itself.
      { member: 'tensorflow_cpu_aws.libs/libomp-54bf90fd.so.5', file: 'lib/libomp-54bf90fd.so.5' },
    ],
  },
  'darwin-arm64': {
    ...darwin,
    distribution: 'tensorflow',
    wheelTag: 'macosx_12_0_arm64',
    wheelSha256: 'aa926114d1e13ffe5b2ea59c3f195216f26646d7fe36e9e5207b291e4b7902ff',
    wheelBytes: 205_736_374,
  },
  'darwin-x64': {
    ...darwin,
    distribution: 'tensorflow',
    wheelTag: 'macosx_10_15_x86_64',
    wheelSha256: '6761efe511e6ee0f893f60738fefbcc51d6dc386eeaaafea59d21899ef369ffd',
    wheelBytes: 236_482_723,
  },
} as const;

/** The platforms that have a recipe. */
export const supportedPlatforms: readonly string[] = Object.keys(platforms);

function isSupported(platform: string): platform is keyof typeof platforms {
  return Object.hasOwn(platforms, platform);
}

/**
 * The recipe for a platform, for example `engineRecipe('linux', 'x64')`; `undefined` where TensorFlow publishes no
 * wheel that would serve.
 */
export function engineRecipe(
  platform: string = process.platform,
  architecture: string = process.arch,
): EngineRecipe | undefined {
  const name = `${platform}-${architecture}`;
  if (!isSupported(name)) return undefined;
  const { distribution, ...rest } = platforms[name];
  return {
    ...rest,
    platform: name,
    key: `tensorflow-${tensorflowVersion}-tfjs-node-${tfjsNodeVersion}-${name}-${addonAbi}`,
    requirement: `${distribution}==${tensorflowVersion}`,
    neededBytes: 1_500_000_000,
    headers,
  };
}
