/**
 * The stored bytes of a bitmap that was decoded with `premultiplyAlpha: 'none'`, `[height, width, 4]`: also the colors under what is transparent, which a canvas loses. Without WebGL,
 * or where its textures are too small, what a canvas has: there transparent pixels are black.
 */
export function straightPixels(bitmap: ImageBitmap): Uint8ClampedArray {
  const { height, width } = bitmap;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl');
  if (!gl || Math.max(height, width) > Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)))
    return canvasPixels(bitmap);
  try {
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    const texture = gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture;
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) return canvasPixels(bitmap);
    const bytes = new Uint8Array(height * width * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return gl.getError() === gl.NO_ERROR ? new Uint8ClampedArray(bytes.buffer) : canvasPixels(bitmap);
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function canvasPixels(bitmap: ImageBitmap): Uint8ClampedArray {
  const { height, width } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}
