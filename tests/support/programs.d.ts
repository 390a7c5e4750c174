declare module "*/programs.mjs" {
  export interface Program {
    readonly name: string;
    readonly needed: string;
    readonly variable: string;
    readonly commands: readonly string[];
    readonly packages: readonly string[];
    readonly elsewhere: string;
    readonly places?: readonly string[];
  }
  export const TURN_SERVER: Program;
  export function ensureProgram(program: Program): string;
}
