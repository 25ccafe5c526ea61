// The node-side compiler checks the gallery too, and needs to be told what style sheets are.
declare module '*.module.css' {
  const classes: Record<string, string>
  export default classes
}
declare module '*.css'
