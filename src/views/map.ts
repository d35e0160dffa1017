// The layout "map": a map that moves with the list beside it. The list is complete, and the drawing by the
// server stands where the map comes; so what fails here takes nothing away. Marks are for pointers; by
// keyboard one goes through the list, which moves the map.
import * as L from "leaflet";
import Supercluster from "supercluster";

type Row = [rank: number, title: string, url: string, lat: number, lon: number, category: number, approximate: 0 | 1, shape?: GeoJSON.Geometry];
type Category = [label: string, tone: string, shape: string];

interface Data {
  records: number;
  categories: Category[];
  points: Row[];
}

interface Point {
  row: Row;
  at: L.LatLng;
  item: HTMLElement; // in the list
}

// From here on points that are close are drawn as one; the list holds no more than this.
const heapsFrom = 200;
const listed = 200;

function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

class MapView extends HTMLElement {
  private map!: L.Map;
  private points: Point[] = [];
  private categories: Category[] = [];
  private heaps?: Supercluster<{ index: number }>;
  private readonly shapes = L.featureGroup(); // lines and areas, under their marks
  private readonly marks = L.layerGroup();
  private readonly drawn = new Map<number, L.Marker>();
  private current = -1;
  private moved = false; // by the reader: only then does the list follow
  private state!: HTMLElement;

  connectedCallback(): void {
    if (this.querySelector(".map-live") === null) void this.start();
  }

  disconnectedCallback(): void {
    this.map?.remove();
  }

  private async start(): Promise<void> {
    this.state = this.querySelector(".map-state")!;
    try {
      const data = (await (await this.ask(this.dataset.points!)).json()) as Data;
      const outlines = this.dataset.outlines ? await (await this.ask(this.dataset.outlines)).json() : null;
      this.draw(data, outlines as GeoJSON.FeatureCollection | null);
    } catch {
      this.state.textContent = this.dataset.failed!;
    }
  }

  private async ask(url: string): Promise<Response> {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer;
  }

  private draw(data: Data, outlines: GeoJSON.FeatureCollection | null): void {
    this.categories = data.categories;
    const items = this.items();
    this.points = data.points.map((row) => ({ row, at: L.latLng(row[3], row[4]), item: items.get(row[2]) ?? this.newItem(row) }));
    if (this.points.length === 0) return;
    const live = element("div", "map-live");
    this.querySelector(".map-frame")!.append(live);
    this.toggleAttribute("data-live", true);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const coarse = matchMedia("(pointer: coarse)").matches;
    this.map = L.map(live, {
      attributionControl: false, // named under the map
      zoomControl: false,
      dragging: !coarse, // one finger moves the page, two move the map
      scrollWheelZoom: false,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      maxZoom: 18,
    });
    live.setAttribute("role", "region");
    live.setAttribute("aria-label", this.dataset.label!);
    L.control.zoom({ zoomInTitle: this.dataset.zoomIn!, zoomOutTitle: this.dataset.zoomOut! }).addTo(this.map);
    if (outlines) this.drawLand(outlines);
    this.map.getPane("markerPane")!.setAttribute("aria-hidden", "true"); // the list says it
    this.shapes.addTo(this.map);
    this.marks.addTo(this.map);
    this.points.forEach((_, index) => this.drawShape(index));
    if (this.points.length > heapsFrom) this.gather();
    this.map.fitBounds(this.whole(), { padding: [40, 40], maxZoom: 15, animate: false });
    this.redraw();
    this.map.on("focus", () => this.map.scrollWheelZoom.enable()).on("blur", () => this.map.scrollWheelZoom.disable());
    this.map.on("moveend", () => this.follow());
    this.map.on("dragstart", () => (this.moved = true));
    for (const name of ["click", "keydown", "wheel", "touchmove"])
      live.addEventListener(name, () => (this.moved = true), { passive: true, capture: true });
    this.listen();
    this.say(data.records);
  }

  private drawLand(outlines: GeoJSON.FeatureCollection): void {
    L.geoJSON(outlines, {
      style: { className: "map-land", weight: 1.5 },
      interactive: false,
      onEachFeature: ({ properties }, layer) => {
        const name = (properties?.nom ?? properties?.name) as string | undefined;
        if (name) layer.bindTooltip(element("span", "", name), { permanent: true, direction: "center", className: "map-name" });
      },
    }).addTo(this.map);
  }

  private drawShape(index: number): void {
    const { row } = this.points[index]!;
    if (!row[7]) return;
    const tone = this.categories[row[5]]?.[1];
    L.geoJSON(row[7], { style: { className: `map-shape${row[7].type === "Polygon" ? " map-area" : ""}${tone ? ` tone-${tone}` : ""}` } })
      .bindTooltip(element("span", "", row[1]), { sticky: true })
      .on("click", () => this.open(index))
      .addTo(this.shapes);
  }

  private whole(): L.LatLngBounds {
    const bounds = L.latLngBounds(this.points.map(({ at }) => at));
    return this.shapes.getLayers().length ? bounds.extend(this.shapes.getBounds()) : bounds;
  }

  private gather(): void {
    this.heaps = new Supercluster({ radius: 60, maxZoom: 16 });
    this.heaps.load(
      this.points.map(({ row }, index) => ({
        type: "Feature",
        properties: { index },
        geometry: { type: "Point", coordinates: [row[4], row[3]] },
      })),
    );
  }

  // ---- Marks ----

  private redraw(): void {
    this.marks.clearLayers();
    this.drawn.clear();
    if (!this.heaps) {
      this.points.forEach((_, index) => this.mark(index));
      return;
    }
    const seen = this.map.getBounds().pad(0.2);
    const box: GeoJSON.BBox = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
    for (const heap of this.heaps.getClusters(box, Math.round(this.map.getZoom()))) {
      const [lon, lat] = heap.geometry.coordinates as [number, number];
      if ("cluster" in heap.properties && heap.properties.cluster) this.heap(heap.id as number, heap.properties.point_count, L.latLng(lat, lon));
      else this.mark((heap.properties as { index: number }).index);
    }
  }

  private heap(id: number, count: number, at: L.LatLng): void {
    const size = Math.min(64, 32 + Math.sqrt(count));
    const icon = L.divIcon({ className: "map-heap", html: String(count), iconSize: [size, size] });
    L.marker(at, { icon, keyboard: false })
      .on("click", () => this.map.setView(at, Math.min(18, this.heaps!.getClusterExpansionZoom(id))))
      .addTo(this.marks);
  }

  private mark(index: number): void {
    const { row, at } = this.points[index]!;
    const category = this.categories[row[5]];
    const shape = element("i", `shape shape-${category?.[2] ?? "rond"}`);
    const icon = L.divIcon({ className: `map-mark${category?.[1] ? ` tone-${category[1]}` : ""}`, html: shape, iconSize: [32, 32] });
    const mark = L.marker(at, { icon, keyboard: false }).addTo(this.marks);
    mark.bindTooltip(element("span", "", row[1]), { direction: "top", offset: [0, -10] });
    mark.on("mouseover", () => this.choose(index)).on("click", () => this.open(index));
    this.drawn.set(index, mark);
    if (index === this.current) mark.getElement()?.setAttribute("data-current", "");
  }

  private open(index: number): void {
    const { row, at, item } = this.points[index]!;
    const link = element("a", "", row[1]) as HTMLAnchorElement;
    link.href = row[2];
    const text = element("div", "", link);
    if (row[6]) text.append(element("small", "", this.dataset.approximate!));
    this.choose(index);
    L.popup({ autoPan: false, offset: [0, -8] }).setLatLng(at).setContent(text).openOn(this.map);
    item.scrollIntoView({ block: "nearest" });
  }

  private choose(index: number): void {
    for (const old of [this.points[this.current]?.item, this.drawn.get(this.current)?.getElement()]) old?.removeAttribute("data-current");
    this.current = index;
    for (const now of [this.points[index]?.item, this.drawn.get(index)?.getElement()]) now?.setAttribute("data-current", "");
  }

  // ---- List ----

  private items(): Map<string, HTMLElement> {
    const found = new Map<string, HTMLElement>();
    for (const item of this.querySelectorAll<HTMLElement>(".map-list .row"))
      found.set(item.querySelector("a")?.getAttribute("href") ?? "", item);
    return found;
  }

  // For what stands on another page of the list: shown when its part of the map is.
  private newItem(row: Row): HTMLElement {
    const link = element("a", "", row[1]) as HTMLAnchorElement;
    const category = this.categories[row[5]];
    const facts = element("p", "facts");
    link.href = row[2];
    if (category) facts.append(element("span", `category tone-${category[1]}`, element("i", `shape shape-${category[2]}`), category[0]));
    return element("li", "row", element("div", "", element("h3", "", link), facts));
  }

  private listen(): void {
    const list = this.querySelector<HTMLElement>(".map-list .rows")!;
    const index = (event: Event) => this.points.findIndex(({ item }) => item.contains(event.target as Node));
    list.addEventListener("pointerover", (event) => this.choose(index(event)));
    list.addEventListener("focusin", (event) => {
      const found = index(event);
      this.choose(found);
      const at = this.points[found]?.at;
      if (at && !this.map.getBounds().contains(at)) this.map.panTo(at);
    });
  }

  // The list shows what the map shows, once the reader has moved it. What has no position stays.
  private follow(): void {
    if (this.heaps) this.redraw();
    if (!this.moved) return;
    const list = this.querySelector<HTMLElement>(".map-list .rows")!;
    const seen = this.map.getBounds();
    let here = 0, shown = 0;
    for (const { at, item } of this.points) {
      const inside = seen.contains(at);
      if (inside) here++;
      const show = inside && shown < listed;
      if (show) shown++;
      item.hidden = !show;
      if (show && !item.isConnected) list.append(item);
      else if (!show && item.isConnected && item === document.activeElement?.closest(".row")) item.hidden = false;
    }
    this.say(-1, here);
  }

  private say(records: number, here = -1): void {
    const words = (text: string, n: number) => text.replace("%s", n.toLocaleString(document.documentElement.lang));
    const parts: (Node | string)[] = [];
    if (here >= 0) {
      const whole = element("button", "link", this.dataset.all!) as HTMLButtonElement;
      whole.type = "button";
      whole.addEventListener("click", () => this.map.fitBounds(this.whole(), { padding: [40, 40], maxZoom: 15 }));
      parts.push(words(this.dataset.shown!, here), " · ", whole);
    } else if (records > this.points.length) {
      parts.push(words(this.dataset.unplaced!, records - this.points.length));
    }
    this.state.replaceChildren(...parts);
  }
}

customElements.define("p-map", MapView);
