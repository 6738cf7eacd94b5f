/** What we use of libheif-js, whose bundle comes without types. */
declare module "libheif-js/libheif-wasm/libheif-bundle.mjs" {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Calls back with the same object, upright RGBA in its `data`, or null when it cannot be decoded. */
    display(into: ImageData, done: (shown: ImageData | null) => void): void;
  }

  /** Makes the module; at once, since the bundle has the WebAssembly inside. */
  export default function libheif(): {
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
  };
}
