/** The address at which Vite serves a file of a package. */
declare module '*?url' {
  const url: string;
  // eslint-disable-next-line no-restricted-syntax -- the form in which Vite gives it
  export default url;
}
