/** A hyphen is no minus: numbers below 0 have U+2212, as Kazakh, Russian and English set them. Not for what a program reads. */
export const withMinus = (formatted: string): string => formatted.replace('-', '\u2212');
