import type { Content } from 'pdfmake/interfaces.js';

/** Left, top, right, bottom in points. */
export type Margins = [number, number, number, number];

/** 25 mm for binding, 20, 15 and 22 mm. */
export const margins: Margins = [71, 57, 43, 62];

/** A4 is 595.28 points wide and 841.89 high. */
export const contentWidth = 595.28 - margins[0] - margins[2];

/** Where the foot of a page begins, from its top. */
export const pageFoot = 841.89 - margins[3];

export const bodySize = 9.5;
/** Dark enough to be copied and sent by fax. */
export const muted = '#454b50';
export const lineColour = '#a6adb3';

export const rule = (length: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: 0.7, lineColor: lineColour }],
});
