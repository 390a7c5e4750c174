/** The models that can be chosen by name. Sizes are about what a browser fetches; the hub says each file's before it is fetched. */
export interface KnownModel {
  readonly name: string;
  /** On the hub. */
  readonly repository: string;
  readonly says: string;
}

export const KNOWN_MODELS: readonly KnownModel[] = [
  {
    name: "whisper-tiny",
    repository: "onnx-community/whisper-tiny",
    says: "about a hundred languages, about 45 MB, for any device (OpenAI, Apache-2.0)",
  },
  {
    name: "whisper-base",
    repository: "onnx-community/whisper-base",
    says: "about a hundred languages, about 80 MB, more exact and half as fast (OpenAI, Apache-2.0)",
  },
  {
    name: "whisper-small",
    repository: "onnx-community/whisper-small",
    says: "about a hundred languages, about 250 MB, for fast devices (OpenAI, Apache-2.0)",
  },
  {
    name: "moonshine-tiny",
    repository: "onnx-community/moonshine-tiny-ONNX",
    says: "English, about 30 MB, the fastest (Useful Sensors, MIT)",
  },
  {
    name: "moonshine-base",
    repository: "onnx-community/moonshine-base-ONNX",
    says: "English, about 65 MB (Useful Sensors, MIT)",
  },
];
