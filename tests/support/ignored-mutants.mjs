// For `npm run test:mutants`: what a schema's description says is read by people alone, so it is not mutated.

const descriptions = {
  /** @param {any} path of the syntax tree, as Babel walks it */
  shouldIgnore({ node, parent }) {
    const describes = parent?.type === "CallExpression" && parent.callee.property?.name === "describe";
    const isArgument = describes && parent.arguments.includes(node);
    return isArgument ? "A description for people." : undefined;
  },
};

export const strykerPlugins = [{ kind: "Ignore", name: "descriptions", value: descriptions }];
