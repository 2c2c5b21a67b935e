declare module "htmx.org/dist/htmx.esm.js" {
  const htmx: { registerExtension(name: string, extension: object): void; process(root: Element): void };
  export default htmx;
}
