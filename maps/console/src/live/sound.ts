const sounded = new Set<string>();

/** Two short tones, once for each emergency; silent where the browser forbids sound. */
export function soundOnce(caseNo: string): void {
  if (sounded.has(caseNo)) return;
  sounded.add(caseNo);
  try {
    const audio = new AudioContext();
    for (const [start, pitch] of [[0, 880], [0.22, 660]] as const) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.12, audio.currentTime + start);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.2);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + start);
      tone.stop(audio.currentTime + start + 0.2);
    }
    setTimeout(() => void audio.close(), 1000);
  } catch {
    // No sound device, or none allowed: the desk shows the case all the same.
  }
}
