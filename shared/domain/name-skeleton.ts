/**
 * One spelling for a word however it is written: in Kazakh or Russian Cyrillic, or in Latin letters by whatever table
 * (`Ерланқызы`, `Yerlankyzy`, `Erlanqyzy`). It only finds likely matches: different names may share a skeleton.
 */
export const skeletonOf = (word: string): string => {
  let latin = Array.from(word.toLowerCase(), (letter) => latinOf.get(letter) ?? letter).join('');
  latin = latin.normalize('NFD').replaceAll(/[^a-z0-9]/g, '');
  for (const [spelling, one] of spellings) latin = latin.replaceAll(spelling, one);
  return latin.replaceAll(/(.)\1+/g, '$1');
};

/** Each letter of the Kazakh and Russian alphabets before what stands for it. */
const letters = `
  аa әa бb вv гg ғg дd еe ёe жzh зz иi йi кk қk лl мm нn ңn оo өo пp рr сs
  тt уu ұu үu фf хh һh цts чch шsh щsh ъ ыi іi ь эe юiu яia ıi`;

const latinOf = new Map(
  letters
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** Sounds that tables of transliteration spell in several ways, the longer first. */
const spellings = [
  ['shch', 'sh'],
  ['zh', 'j'],
  ['dj', 'j'],
  ['kh', 'h'],
  ['gh', 'g'],
  ['ng', 'n'],
  ['tc', 'ts'],
  ['x', 'h'],
  ['q', 'k'],
  ['w', 'u'],
  ['y', 'i'],
  ['ie', 'e'],
  ['io', 'o'],
  ['iu', 'u'],
  ['ia', 'a'],
] as const;
