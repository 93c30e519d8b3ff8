import * as z from 'zod';

/** Crockford's base 32: no I, L, O or U, so that a number read aloud or copied by hand stays itself. */
export const idAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Opaque: 20 characters of chance (100 bits), never a counter (ANCHORS F4). */
const opaque = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/);

export const RoundId = opaque.brand<'RoundId'>();
export type RoundId = z.infer<typeof RoundId>;

export const ApplicationId = opaque.brand<'ApplicationId'>();
export type ApplicationId = z.infer<typeof ApplicationId>;

export const PersonId = opaque.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

export const GateId = opaque.brand<'GateId'>();
export type GateId = z.infer<typeof GateId>;

export const SlotId = opaque.brand<'SlotId'>();
export type SlotId = z.infer<typeof SlotId>;

export const PanelId = opaque.brand<'PanelId'>();
export type PanelId = z.infer<typeof PanelId>;

export const FormulaId = opaque.brand<'FormulaId'>();
export type FormulaId = z.infer<typeof FormulaId>;

export const OfferId = opaque.brand<'OfferId'>();
export type OfferId = z.infer<typeof OfferId>;

export const ClaimId = opaque.brand<'ClaimId'>();
export type ClaimId = z.infer<typeof ClaimId>;

export const InquiryId = opaque.brand<'InquiryId'>();
export type InquiryId = z.infer<typeof InquiryId>;

export const RefereeId = opaque.brand<'RefereeId'>();
export type RefereeId = z.infer<typeof RefereeId>;

export const PlacementId = opaque.brand<'PlacementId'>();
export type PlacementId = z.infer<typeof PlacementId>;

export const DataRequestId = opaque.brand<'DataRequestId'>();
export type DataRequestId = z.infer<typeof DataRequestId>;

export const DocumentId = opaque.brand<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;

/** What an applicant is known by outside the persons table: region, then 8 characters of chance. */
export const ApplicationNumber = z
  .string()
  .regex(/^KZ\d{2}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  .brand<'ApplicationNumber'>();
export type ApplicationNumber = z.infer<typeof ApplicationNumber>;

/** A vacancy's code in the imported register; unique within a round. */
export const VacancyCode = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/)
  .brand<'VacancyCode'>();
export type VacancyCode = z.infer<typeof VacancyCode>;

/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;
