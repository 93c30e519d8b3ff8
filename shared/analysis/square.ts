/** x·x, which IEEE 754 rounds exactly; the language leaves the last digit of `x ** 2` to each engine. */
export const square = (x: number): number => x * x;
