// The lot (application identifier 10) in what a scanner sends: a GS1 Digital Link address, a GS1
// element string with brackets or with the group separator, or a plain code, which stays as it is.
// Source: GS1 General Specifications, section 3 (identifiers and their lengths).

const SEPARATOR = '\u001d';
const FIXED_LENGTHS = { '00': 18, '01': 14, '02': 14, 11: 6, 12: 6, 13: 6, 15: 6, 16: 6, 17: 6, 20: 2 };

function readDigitalLink(text) {
  if (!/^https?:\/\//i.test(text)) return null;
  const parts = new URL(text).pathname.split('/').filter(Boolean);
  const at = parts.findIndex((part, index) => part === '10' && /^(01|22|8006|8010)$/.test(parts[index - 2] ?? ''));
  return at < 0 ? null : decodeURIComponent(parts[at + 1] ?? '');
}

function readBracketed(text) {
  return text.match(/\(10\)([^(]{1,20})/)?.[1].trim() ?? null;
}

function readElementString(text) {
  const isMarked = text.includes(SEPARATOR) || /^\](C1|d2|Q3|e0)/.test(text) || /^01\d{14}(1[0-7]|21)/.test(text);
  let rest = isMarked ? text.replace(/^\]\w\d/, '').replace(/^\u001d/, '') : '';
  while (rest) {
    const identifier = rest.slice(0, 2);
    if (identifier === '10') return rest.slice(2).split(SEPARATOR)[0];
    const length = FIXED_LENGTHS[identifier];
    if (length) rest = rest.slice(2 + length).replace(/^\u001d/, '');
    else rest = rest.includes(SEPARATOR) ? rest.slice(rest.indexOf(SEPARATOR) + 1) : '';
  }
  return null;
}

export function readLotCode(scanned) {
  const text = scanned.trim();
  try {
    return readDigitalLink(text) ?? readBracketed(text) ?? readElementString(text) ?? text;
  } catch {
    return text;
  }
}
