// SPDX-License-Identifier: MIT
// The globals of a browser that @grafana/data expects, for Node.
const { JSDOM } = require('jsdom');

const { window } = new JSDOM('<!doctype html>', { url: 'http://127.0.0.1/' });
window.matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} });
const browser = ['document', 'navigator', 'HTMLElement', 'Element', 'Node', 'localStorage', 'getComputedStyle', 'MutationObserver', 'matchMedia'];
for (const [name, value] of [['window', window], ...browser.map((each) => [each, window[each]])]) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
