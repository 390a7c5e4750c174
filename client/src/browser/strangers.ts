/**
 * Translators and extensions change the nodes of a page: a text is replaced by elements with its translation, fields get strange
 * neighbours, nodes are moved into others. React keeps to the nodes that it made, and would fail at one that is not where it left it, or
 * write into one that nobody sees. So what is taken away or put before is looked for where it is now, and a text that changes
 * comes back in the place of its translation.
 */

/** What strangers put in the place of texts. */
const standIns = new WeakMap<Node, ChildNode>();

const isText = (node: Node): node is Text => node.nodeType === Node.TEXT_NODE;

function noteStandIns(records: readonly MutationRecord[]): void {
  records.forEach((record, index) => {
    const standIn = standInOf(record, records.slice(index + 1));
    for (const text of record.removedNodes) if (isText(text) && standIn) standIns.set(text, standIn);
  });
}

/** What stands where something was removed: put there at once, just before, or afterwards. */
function standInOf(removal: MutationRecord, later: readonly MutationRecord[]): HTMLElement | undefined {
  const { target, addedNodes, previousSibling, nextSibling } = removal;
  const isAtPlace = (record: MutationRecord) =>
    record.target === target && record.previousSibling === previousSibling && record.nextSibling === nextSibling;
  const afterwards = later.filter(isAtPlace).flatMap((record) => [...record.addedNodes]);
  return [...addedNodes, ...afterwards, previousSibling, nextSibling].find(isTranslation);
}

/** Translators write their words into elements that no page of today has. */
const isTranslation = (node: Node | null): node is HTMLElement =>
  node instanceof HTMLElement && node.tagName === "FONT";

/** What stands among the parent's children for a node that is no child of it: what it was wrapped into, or its translation. */
function placeOf(parent: Node, node: Node): ChildNode | null {
  for (let inner: Node | null = node; inner !== null; inner = inner.parentNode) {
    if (inner.parentNode === parent) return inner as ChildNode;
  }
  const standIn = standIns.get(node);
  return standIn?.parentNode === parent ? standIn : null;
}

/** Lets strangers change the page from now on. */
export function tolerateStrangers(): void {
  const observer = new MutationObserver(noteStandIns);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  const lookAround = () => noteStandIns(observer.takeRecords());

  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    if (child.parentNode === this) return removeChild.call(this, child) as Child;
    lookAround();
    placeOf(this, child)?.remove();
    return child;
  };
  Node.prototype.insertBefore = function <Child extends Node>(this: Node, child: Child, before: Node | null): Child {
    if (before === null || before.parentNode === this) return insertBefore.call(this, child, before) as Child;
    lookAround();
    return insertBefore.call(this, child, placeOf(this, before)) as Child;
  };

  const written = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  if (!written?.set) return;
  const { set } = written;
  Object.defineProperty(Node.prototype, "nodeValue", {
    ...written,
    set(this: Node, value: string | null) {
      set.call(this, value);
      if (!isText(this) || this.parentNode !== null) return;
      lookAround();
      standIns.get(this)?.replaceWith(this);
      standIns.delete(this);
    },
  });
}
