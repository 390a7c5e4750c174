/** A list of which a reader is unsure in four places: an answer behind a question, a heading without a mark, and what asks in or below an answer. */
export const UNSURE_LIST = `# Our list

## Metals

### Why is copper red? It absorbs blue.

- It has one electron more

### Alloys

- Mixtures of metals
- What is bronze?

A closing word.

## Gases

1. Why is neon inert?
   - Who found it?
2. Which gas is heaviest?
`;
