import type { WheelRecipe } from './wheel-recipe.js';

/** TensorFlow's libraries look for CUDA's in the folders of `../nvidia`, as Python's packages lay them. */
function cuda(
  name: string,
  wheel: Pick<WheelRecipe, 'sha256' | 'bytes'> & { readonly version: string },
  files: readonly string[],
): WheelRecipe {
  const { version, sha256, bytes } = wheel;
  const distribution = `nvidia-${name.replace('_', '-')}-cu12`;
  return {
    requirement: `${distribution}==${version}`,
    tag: 'manylinux1_x86_64',
    sha256,
    bytes,
    members: files.map((file) => ({
      member: `nvidia/${name}/${file}`,
      file: `nvidia/${name}/${file}`,
      isProgram: file.startsWith('bin/'),
    })),
    licences: `licences/${distribution}`,
  };
}

/**
 * Those of the `and-cuda` extra of the tensorflow package that training on one GPU loads. NCCL is compiled into TensorFlow;
 * cuRAND, nvrtc and CUPTI are not asked for.
 */
export const cudaWheels: readonly WheelRecipe[] = [
  cuda(
    'cuda_runtime',
    {
      version: '12.2.140',
      sha256: 'acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41',
      bytes: 845_802,
    },
    ['lib/libcudart.so.12'],
  ),
  cuda(
    'cublas',
    {
      version: '12.2.5.6',
      sha256: 'f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0',
      bytes: 417_825_305,
    },
    ['lib/libcublas.so.12', 'lib/libcublasLt.so.12'],
  ),
  cuda(
    'cudnn',
    {
      version: '8.9.4.25',
      sha256: '9f882d5b11753c566fd32427839089eb4f8ba7a58c28446ad359e32c40229723',
      bytes: 720_096_787,
    },
    [
      'lib/libcudnn.so.8',
      ...['adv', 'cnn', 'ops'].flatMap((part) => [
        `lib/libcudnn_${part}_infer.so.8`,
        `lib/libcudnn_${part}_train.so.8`,
      ]),
    ],
  ),
  cuda(
    'cufft',
    {
      version: '11.0.8.103',
      sha256: '72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67',
      bytes: 98_570_970,
    },
    ['lib/libcufft.so.11'],
  ),
  cuda(
    'cusolver',
    {
      version: '11.5.2.141',
      sha256: '5a85c4653ce34339a5688137f494a0f903e0f0532418550998167f00844161da',
      bytes: 124_890_758,
    },
    ['lib/libcusolver.so.11'],
  ),
  cuda(
    'cusparse',
    {
      version: '12.1.2.141',
      sha256: '4e13d6a51d2303dcb2a023ba09546811161f0334fc64e13689397bbd3b1eb126',
      bytes: 195_268_625,
    },
    ['lib/libcusparse.so.12'],
  ),
  cuda(
    'nvjitlink',
    {
      version: '12.2.140',
      sha256: '95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9',
      bytes: 20_177_273,
    },
    ['lib/libnvJitLink.so.12'],
  ),
  cuda(
    'cuda_nvcc',
    {
      version: '12.2.140',
      sha256: 'c6ff4ae7a636eb6cab7621191e19ac3779690686bbcf52c04d8b1ca2944e1e27',
      bytes: 21_319_729,
    },
    ['bin/ptxas', 'nvvm/libdevice/libdevice.10.bc'],
  ),
];
