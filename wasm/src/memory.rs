//! The C interface: memory goes in and out as blocks that this side allocates and takes back.
//!
//! A caller gets a block (`zuji_alloc`), writes a request into it, calls (`zuji_call`), reads the answer, and gives both
//! blocks back (`zuji_free`).

use crate::call;

/// A block of `length` bytes, zeroed.
#[expect(unsafe_code, reason = "an exported name must be unique in the module; it is")]
#[unsafe(no_mangle)]
pub extern "C" fn zuji_alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0u8; length].into_boxed_slice()).cast()
}

/// Takes a block back.
///
/// # Safety
/// `block` and `length` are those of a block from `zuji_alloc` or `zuji_call` that was not taken back before.
#[expect(unsafe_code, reason = "a block that was given out as an address comes back as an address")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zuji_free(block: *mut u8, length: usize) {
    // SAFETY: the caller's promise above; such a block is a boxed slice of this length.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(block, length)) });
}

/// Answers the request in a block: the answer's length in the upper 32 bits, its address in the lower.
///
/// # Safety
/// `block` and `length` are those of a block from `zuji_alloc` that was not taken back.
#[expect(unsafe_code, reason = "the caller says where the request lies")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zuji_call(block: *const u8, length: usize) -> u64 {
    // SAFETY: the caller's promise above; nothing writes to the block while the call lasts.
    let request = unsafe { std::slice::from_raw_parts(block, length) };
    let answer = call(request).into_boxed_slice();
    let length = answer.len() as u64;
    let address = Box::into_raw(answer).cast::<u8>() as usize as u64;
    length << 32 | address
}
