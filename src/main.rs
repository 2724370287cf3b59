//! Starts the app: crash hook, configuration, mount; nothing else.

fn main() {
    steward::crash::install();
    steward::app::mount();
}
