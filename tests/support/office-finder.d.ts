declare module "*/find-office.mjs" {
  export function ensureOffice(): string;
}
