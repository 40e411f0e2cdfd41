// A code field for fingers, keyboard scanners and, where the browser reads barcodes, the camera.
import { readLotCode } from './gs1.js';

const FORMATS = ['qr_code', 'data_matrix', 'code_128', 'ean_13'];

class ScanField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input');
    this.button = this.querySelector('[data-camera]');
    this.input.addEventListener('change', () => this.accept(this.input.value));
    // A scanner ends with Enter; without this the first scan would send a half-filled form.
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !this.input.value) return;
      event.preventDefault();
      this.accept(this.input.value);
      this.focusNext();
    });
    this.button.hidden = !('BarcodeDetector' in window && navigator.mediaDevices);
    this.button.addEventListener('click', () => this.openCamera());
  }

  accept(scanned) {
    const code = readLotCode(scanned);
    if (code === this.input.value) return;
    this.input.value = code;
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  focusNext() {
    const fields = [...(this.input.form?.elements ?? [])].filter((one) => one.matches('input:not([type=hidden]), select, textarea, [type=submit]'));
    fields[fields.indexOf(this.input) + 1]?.focus();
  }

  async openCamera() {
    const dialog = document.createElement('dialog');
    dialog.className = 'viewfinder';
    dialog.setAttribute('aria-label', this.button.textContent.trim());
    dialog.innerHTML = '<video muted playsinline></video><form method="dialog"><button class="button"></button></form>';
    dialog.querySelector('button').textContent = document.querySelector('#shortcuts [type=submit]')?.textContent ?? 'Close';
    this.append(dialog);
    dialog.showModal();
    const video = dialog.querySelector('video');
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => null);
    dialog.addEventListener('close', () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      dialog.remove();
      this.input.focus();
    });
    if (!stream) return dialog.close();
    video.srcObject = stream;
    await video.play();
    return this.watch(video, dialog);
  }

  async watch(video, dialog) {
    const detector = new BarcodeDetector({ formats: FORMATS });
    while (dialog.open) {
      const [found] = await detector.detect(video).catch(() => []);
      if (found) {
        this.accept(found.rawValue);
        dialog.close();
      }
      await new Promise((resolve) => { setTimeout(resolve, 120); });
    }
  }
}

customElements.define('scan-field', ScanField);
