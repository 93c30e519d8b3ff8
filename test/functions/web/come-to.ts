type Seat<Answer> = { get: (address: string) => Promise<Answer> };

/** What somebody comes to at an address: that of a form only leads back to its page, which may be closed. */
export const comeTo = async <Answer extends { status: number; location: string }>(
  seat: Seat<Answer>,
  address: string,
): Promise<Answer> => {
  const answer = await seat.get(address);
  return answer.status === 303 ? await seat.get(answer.location) : answer;
};
