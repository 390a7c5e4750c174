declare module "*/find-janus.mjs" {
  export function ensureJanus(): string;
  export function partsOfJanus(part: "plugins" | "transports"): string;
}
