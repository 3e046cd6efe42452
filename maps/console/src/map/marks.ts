/** Draws the images that the style asks for by name, when it asks: marks, facilities, hatching. */
import { markOf } from "../theme/shapes";
import { COLOUR, FONT } from "../theme/tokens";

const RATIO = 2;

interface Drawing {
  size: number;
  draw: (pen: CanvasRenderingContext2D) => void;
}

/** What an image's name asks for: `mark:<kind>:<stage>[:late]`, `facility:<sign>`, ... */
export function readName(name: string): { what: string; parts: string[] } {
  const [what = "", ...parts] = name.split(":");
  return { what, parts };
}

function keyline(pen: CanvasRenderingContext2D, path: Path2D): void {
  pen.lineJoin = "round";
  pen.strokeStyle = COLOUR.ink;
  pen.lineWidth = 6;
  pen.stroke(path);
  pen.strokeStyle = "#FFFFFF";
  pen.lineWidth = 4;
  pen.stroke(path);
  pen.fillStyle = "#FFFFFF";
  pen.fill(path);
}

function ring(pen: CanvasRenderingContext2D, radius: number): void {
  pen.beginPath();
  pen.arc(16, 16, radius, 0, 2 * Math.PI);
  pen.stroke();
}

function drawMark(pen: CanvasRenderingContext2D, [kind = "none", stage = "", late]: string[]): void {
  const mark = markOf(kind, stage, late === "late");
  pen.translate(4, 4);
  if (mark.late) {
    pen.strokeStyle = "#FFFFFF";
    pen.lineWidth = 4;
    ring(pen, 17.5);
    pen.strokeStyle = COLOUR.ink;
    pen.lineWidth = 2;
    ring(pen, 17.5);
  }
  const shape = new Path2D(
    mark.dot ? `M16 ${16 - mark.dot}a${mark.dot} ${mark.dot} 0 1 1 0 ${2 * mark.dot}` +
      `a${mark.dot} ${mark.dot} 0 1 1 0-${2 * mark.dot}z` : mark.path,
  );
  keyline(pen, shape);
  pen.save();
  pen.clip(shape);
  pen.fillStyle = mark.colour;
  const filled = mark.dot ? 1 : mark.filled;
  pen.fillRect(0, 32 - (filled === 0.5 ? 15.5 : 32 * filled), 32, 32);
  pen.restore();
  pen.strokeStyle = mark.colour;
  pen.lineWidth = 2.4;
  pen.setLineDash(mark.dashed ? [3.2, 2.4] : []);
  pen.stroke(shape);
  pen.setLineDash([]);
  if (!mark.sign) return;
  const sign = new Path2D(mark.sign.path);
  pen.lineCap = "round";
  pen.lineWidth = 2.4;
  pen.strokeStyle = pen.fillStyle = mark.sign.colour;
  if (mark.sign.solid) pen.fill(sign);
  else pen.stroke(sign);
}

function drawFacility(pen: CanvasRenderingContext2D, [text = ""]: string[]): void {
  const house = new Path2D("M14 3L24.5 11V24.5H3.5V11z");
  keyline(pen, house);
  pen.fillStyle = "#5B6C80";
  pen.fill(house);
  pen.fillStyle = "#FFFFFF";
  pen.font = `600 12px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, 14, 17);
}

function drawHatch(pen: CanvasRenderingContext2D): void {
  pen.strokeStyle = "#9AA3AB";
  pen.lineWidth = 1;
  for (const from of [-8, 0, 8]) {
    pen.beginPath();
    pen.moveTo(from, 8);
    pen.lineTo(from + 8, 0);
    pen.stroke();
  }
}

function drawCross(pen: CanvasRenderingContext2D): void {
  const cross = new Path2D("M16 2v10M16 20v10M2 16h10M20 16h10");
  pen.lineCap = "round";
  pen.strokeStyle = "#FFFFFF";
  pen.lineWidth = 5;
  pen.stroke(cross);
  pen.strokeStyle = COLOUR.focus;
  pen.lineWidth = 2.5;
  pen.stroke(cross);
}

function drawing(name: string): Drawing | null {
  const { what, parts } = readName(name);
  if (what === "mark") return { size: 40, draw: (pen) => drawMark(pen, parts) };
  if (what === "facility") return { size: 28, draw: (pen) => drawFacility(pen, parts) };
  if (what === "hatch") return { size: 8, draw: drawHatch };
  if (what === "cross") return { size: 32, draw: drawCross };
  return null;
}

interface ImageTaker {
  hasImage: (name: string) => boolean;
  addImage: (name: string, image: ImageData, options: { pixelRatio: number }) => unknown;
}

/** Draws the named image and hands it to the map; an unknown name is left to the map to report. */
export function addNamedImage(map: ImageTaker, name: string): void {
  const wanted = drawing(name);
  if (!wanted || map.hasImage(name)) return;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = wanted.size * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(RATIO, RATIO);
  wanted.draw(pen);
  const image = pen.getImageData(0, 0, canvas.width, canvas.height);
  map.addImage(name, image, { pixelRatio: RATIO });
}
