/** What a stage lets through: requests a second in the long run, and how many may come at once. */
export type Throttle = { rateLimit: number; burstLimit: number };

/**
 * A token bucket, as API Gateway throttles: each request takes a token, tokens come back at the rate, and the bucket holds no
 * more than the burst. (API Gateway Developer Guide, "Throttle requests to your HTTP APIs".)
 * @param now milliseconds, of a clock that only goes forward
 * @returns whether a request may pass
 */
export const createThrottle = ({ rateLimit, burstLimit }: Throttle, now: () => number): (() => boolean) => {
  let tokens = burstLimit;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burstLimit, tokens + ((at - filledAt) / 1000) * rateLimit);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
