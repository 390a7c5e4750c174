/** What is wrong in a form, in sentences, by the key of the field: its path joined by dots, such as `criteria.0.anchors.2`. */
export type FieldFaults = ReadonlyMap<string, string>;

export const fieldKey = (...path: readonly PropertyKey[]): string => path.map(String).join(".");
