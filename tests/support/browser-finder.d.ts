declare module "*/find-browser.mjs" {
  export const BROWSER_ARGUMENTS: string[];
  export function findBrowser(): string | null;
  export function ensureBrowser(): string;
}
