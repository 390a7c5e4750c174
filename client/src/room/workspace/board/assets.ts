declare global {
  interface Window {
    /** Where Excalidraw finds its fonts. Unset, it asks a host that is not ours. */
    EXCALIDRAW_ASSET_PATH?: string | string[];
  }
}

// It is read when a font is asked for first, and the build puts the fonts there.
window.EXCALIDRAW_ASSET_PATH = "/assets/board/";

export {};
