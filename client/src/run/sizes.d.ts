/** Of a file, how many bytes it has before it is compressed. The build tells it. */
declare module "*?size" {
  const bytes: number;
  export default bytes;
}
