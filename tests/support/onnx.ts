/** As much of ONNX as the tests' own models need, written as its protocol buffers (onnx.proto3) are. */

type Bytes = readonly number[];

const varint = (value: number): Bytes => {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
};
const number = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: Bytes | Uint8Array): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(value.length),
  ...value,
];
const text = (field: number, value: string): Bytes => bytes(field, new TextEncoder().encode(value));

const TYPES = { float: 1, int64: 7 } as const;
type Type = keyof typeof TYPES;

/** A constant of a graph. */
export function constant(
  name: string,
  dims: readonly number[],
  values: readonly number[],
  type: Type = "float",
): Bytes {
  const raw = new DataView(new ArrayBuffer(values.length * (type === "float" ? 4 : 8)));
  for (const [at, value] of values.entries()) {
    if (type === "float") raw.setFloat32(at * 4, value, true);
    else raw.setBigInt64(at * 8, BigInt(value), true);
  }
  return [
    ...dims.flatMap((dim) => number(1, dim)),
    ...number(2, TYPES[type]),
    ...text(8, name),
    ...bytes(9, new Uint8Array(raw.buffer)),
  ];
}

/** An operation, with whole numbers and lists of such as its attributes. */
export function node(
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Bytes {
  const attribute = ([name, given]: readonly [string, number | readonly number[]]) =>
    bytes(
      5,
      typeof given === "number"
        ? [...text(1, name), ...number(3, given), ...number(20, 2)]
        : [...text(1, name), ...given.flatMap((one) => number(8, one)), ...number(20, 7)],
    );
  return [
    ...inputs.flatMap((input) => text(1, input)),
    ...text(2, output),
    ...text(4, operation),
    ...Object.entries(attributes).flatMap(attribute),
  ];
}

/** What goes in or comes out; a dimension with a name is as long as it comes. */
export function value(name: string, dims: readonly (number | string)[], type: Type = "float"): Bytes {
  const dim = (one: number | string) => bytes(1, typeof one === "number" ? number(1, one) : text(2, one));
  const tensor = [...number(1, TYPES[type]), ...bytes(2, dims.flatMap(dim))];
  return [...text(1, name), ...bytes(2, bytes(1, tensor))];
}

export interface Graph {
  readonly nodes: readonly Bytes[];
  readonly constants: readonly Bytes[];
  readonly inputs: readonly Bytes[];
  readonly outputs: readonly Bytes[];
}

/** A model as a file holds it. */
export function modelOf({ nodes, constants, inputs, outputs }: Graph): Uint8Array {
  const graph = [
    ...nodes.flatMap((one) => bytes(1, one)),
    ...text(2, "graph"),
    ...constants.flatMap((one) => bytes(5, one)),
    ...inputs.flatMap((one) => bytes(11, one)),
    ...outputs.flatMap((one) => bytes(12, one)),
  ];
  const operations = [...text(1, ""), ...number(2, 17)];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, operations)]);
}
