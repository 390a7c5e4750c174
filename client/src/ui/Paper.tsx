import styles from "./Paper.module.css";

interface PaperProps {
  readonly picture: { readonly svg: string; readonly width: number; readonly height: number };
  readonly alt: string;
  /** Larger than its place, in which it is moved about. */
  readonly isLarge?: boolean;
}

/** A picture that was drawn on white, as large as its place lets it be. It can load nothing and run nothing, whatever is in it. */
export const Paper = ({ picture: { svg, width, height }, alt, isLarge = false }: PaperProps) => (
  <div className={styles.paper} data-large={isLarge}>
    <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} width={width} height={height} alt={alt} />
  </div>
);
