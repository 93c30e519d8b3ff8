import { skeletonOf } from '#shared/domain/name-skeleton.ts';

/** Beginnings of words that say what kind of place it is and not which; a text may keep them. */
const commonWords = `
  школ мектеп мектебі school гимнази gymnasi лице lyceum колледж college университет university институт
  institute академи academy педагогич педагогика pedagogic орта жалпы білім средн общеобразоват основн secondary
  education имени атындағы the государств мемлекет state ұлттық национальн national факультет матема math
  област облыс region район аудан district город қала city ауыл село village поселок кент улиц көше street
  проспект даңғыл avenue дом үй квартир пәтер казахстан қазақстан kazakhstan республик`;

const common: ReadonlySet<string> = new Set(commonWords.trim().split(/\s+/).map(skeletonOf));

/** Whether a word, given by its skeleton, only says what kind of place it is. */
export const isCommonPlaceWord = (skeleton: string): boolean =>
  [...common].some((prefix) => skeleton.startsWith(prefix));
