//! Decides whether the app is split in two (docs/adr/0016-two-modules.md).

fn main() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name, value| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && is("PROFILE", "release") {
        println!("cargo::rustc-cfg=split");
        // The cut is made along the linker's notes.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
