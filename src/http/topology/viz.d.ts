/** @viz-js/viz can also make an element of a page, and names its type: here there are no pages. */
type SVGSVGElement = never;
