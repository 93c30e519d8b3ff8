/** The tag of Exif (CIPA DC-008) that says how a picture is turned. */
const orientationTag = 0x0112;

/** How a camera was held, 2 to 8, in the TIFF structure of Exif; undefined where it says nothing or upright. */
export const orientationIn = (tiff: Uint8Array): number | undefined => {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const isLittle = tiff[0] === 0x49;
  const two = (at: number) => (at + 2 <= view.byteLength ? view.getUint16(at, isLittle) : 0);
  const first = view.byteLength >= 8 ? view.getUint32(4, isLittle) : 0;
  for (let entry = 0; entry < two(first); entry += 1) {
    const at = first + 2 + 12 * entry;
    if (two(at) !== orientationTag) continue;
    const orientation = two(at + 8);
    return orientation >= 2 && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
};

/** A TIFF structure that says how a picture is turned, and nothing else. */
export const turned = (orientation: number): readonly number[] => [
  // Big-endian, one entry from byte 8 on: a short number. No further directory.
  0x4d,
  0x4d,
  0,
  0x2a,
  0,
  0,
  0,
  8,
  0,
  1,
  0x01,
  0x12,
  0,
  3,
  0,
  0,
  0,
  1,
  0,
  orientation,
  0,
  0,
  0,
  0,
  0,
  0,
];
