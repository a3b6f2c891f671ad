/** The part of the Shape Detection API in use; the compiler does not know it, and many web views lack it. */
interface Detector {
  detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const detectors = () => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this device has a camera and can read a QR code by itself. */
export async function canScan(): Promise<boolean> {
  const formats: string[] = (await detectors()?.getSupportedFormats().catch(() => [])) ?? [];
  if (!formats.includes('qr_code') || !navigator.mediaDevices?.getUserMedia) return false;
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.some(({ kind }) => kind === 'videoinput');
}

/**
 * Shows the camera in `video` until it sees a QR code or `stop` is given. Nothing is recorded, and the camera is switched off at the end.
 * @returns the code's text; undefined when stopped.
 * @throws what the web view throws when nobody lets it see.
 */
export async function scan(video: HTMLVideoElement, stop: AbortSignal): Promise<string | undefined> {
  const Class = detectors();
  if (!Class) return undefined;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = stream;
    await video.play();
    const detector = new Class({ formats: ['qr_code'] });
    while (!stop.aborted) {
      const [found] = await detector.detect(video);
      if (found?.rawValue) return found.rawValue;
      await new Promise(requestAnimationFrame);
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
