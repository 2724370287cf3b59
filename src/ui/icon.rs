//! One set of icons: 16 px, one stroke of 1.5 px, the colour of the text beside. Always hidden from
//! assistive technology: what holds an icon has a text or a name of its own. Size and stroke are the
//! stylesheet's (`svg.i`), so an icon is two nodes and four attributes.

use leptos::prelude::*;
/// What the icon shows, not what it is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each name is what is drawn")]
pub enum Icon {
    Arrow,
    Back,
    Box,
    Brand,
    Check,
    Clock,
    Close,
    Cog,
    Copy,
    Down,
    Download,
    Find,
    Grid,
    Help,
    Info,
    Key,
    Lock,
    More,
    Out,
    Pen,
    Person,
    Plus,
    Pulse,
    Refresh,
    SignOut,
    Warning,
}

impl Icon {
    /// The outline, on a field of 16 by 16.
    const fn path(self) -> &'static str {
        match self {
            Self::Arrow => "M3 8h10M9 4l4 4-4 4",
            Self::Back => "M13 8H3M7 4 3 8l4 4",
            Self::Box => "M2 3h12v3H2zM3 6v7.5h10V6M6.5 9h3",
            Self::Brand => "M8 1.5 14 5v6l-6 3.5L2 11V5zM8 8l6-3M8 8v6.5M8 8 2 5",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Clock => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3l2 1.5",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Cog => {
                "M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 \
                 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4"
            }
            Self::Copy => "M5.5 5.5h8v8h-8zM2.5 10.5v-8h8",
            Self::Down => "M4 6l4 4 4-4",
            Self::Download => "M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10",
            Self::Find => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM13.5 13.5l-2.7-2.7",
            Self::Grid => "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z",
            Self::Help => {
                "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.4 6.3a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.6-.7 \
                 1.1M8 11h.01"
            }
            Self::Info => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5h.01",
            Self::Key => "M9.5 6.5l-7 7v-2l1-1V9H5l1.5-1.5M10.5 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
            Self::Lock => "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
            Self::More => "M3 8h.01M8 8h.01M13 8h.01",
            Self::Out => "M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5l-6 6",
            Self::Pen => "M10.5 2.8l2.7 2.7-7.7 7.7H2.8v-2.7z",
            Self::Person => "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14a5.5 5.5 0 0 1 11 0",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Pulse => "M1.5 8h3l2-5 3 10 2-5h3",
            Self::Refresh => "M13 8a5 5 0 1 1-1.5-3.6L13.5 6M13.5 2.5V6H10",
            Self::SignOut => "M6 2.5H3v11h3M6.5 8h7M10.5 5l3 3-3 3",
            Self::Warning => "M8 2l6.5 11.5h-13zM8 6.5v3M8 11.5h.01",
        }
    }
}

/// An icon.
#[component]
pub fn Icon(
    /// What it shows.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}
