/** CRC-32: notices every change within 32 bits that follow each other, any other but one in four thousand million. */
const POLYNOMIAL = 0xedb88320;

export function checksum(text: string): number {
  let sum = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    sum ^= text.charCodeAt(i) & 0xff;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ ((sum & 1) === 0 ? 0 : POLYNOMIAL);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
