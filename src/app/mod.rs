//! State: everything the screen shows, and the one function that changes it. No drawing, no terminal, no SQL, no
//! clock but the one it is told.

pub mod effect;
pub mod key;
pub mod message;

pub use effect::Effect;
pub use message::Message;
