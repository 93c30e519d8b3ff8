/**
 * Every held file once. One that the scanner cannot judge keeps none of the others waiting.
 * @param failed is told of each file that could not be checked, before the next one is
 * @throws at the end when any could not: the alarm of the function says so
 */
export const checkEach = async (
  keys: AsyncIterable<string>,
  check: (key: string) => Promise<void>,
  failed: (key: string, error: unknown) => void,
): Promise<void> => {
  let unchecked = 0;
  for await (const key of keys) {
    try {
      await check(key);
    } catch (error) {
      failed(key, error);
      unchecked += 1;
    }
  }
  if (unchecked > 0) throw new Error(`${unchecked} held files could not be checked.`);
};
