// SPDX-License-Identifier: GPL-2.0

//! `/dev/lesson0`, an adding machine. What it does is said in `lesson0.h`.

use kernel::{
    fs::{
        File,
        Kiocb, //
    },
    ioctl::{
        _IOR,
        _IOW,
        _IOWR, //
    },
    iov::{
        IovIterDest,
        IovIterSource, //
    },
    miscdevice::{
        MiscDevice,
        MiscDeviceOptions,
        MiscDeviceRegistration, //
    },
    new_mutex,
    prelude::*,
    sync::Mutex,
    uaccess::UserSlice,
};

// These must be the numbers of `lesson0.h`.
const LESSON0_MAGIC: u32 = 0xbb;
const LESSON0_SET: u32 = _IOW::<i64>(LESSON0_MAGIC, 1);
const LESSON0_GET: u32 = _IOR::<i64>(LESSON0_MAGIC, 2);
const LESSON0_ADD: u32 = _IOWR::<i64>(LESSON0_MAGIC, 3);

module! {
    type: Lesson0,
    name: "lesson0",
    authors: ["Kiln"],
    description: "An adding machine as a misc device",
    license: "GPL",
}

#[pin_data]
struct Lesson0 {
    #[pin]
    _device: MiscDeviceRegistration<Machine>,
}

impl kernel::InPlaceModule for Lesson0 {
    fn init(_module: &'static ThisModule) -> impl PinInit<Self, Error> {
        try_pin_init!(Self {
            _device <- MiscDeviceRegistration::register(MiscDeviceOptions { name: c"lesson0" }),
        })
    }
}

/// What belongs to one open of the device.
#[pin_data]
struct Machine {
    #[pin]
    total: Mutex<i64>,
}

#[vtable]
impl MiscDevice for Machine {
    type Ptr = Pin<KBox<Self>>;

    fn open(_file: &File, _misc: &MiscDeviceRegistration<Self>) -> Result<Self::Ptr> {
        KBox::pin_init(
            pin_init!(Self {
                total <- new_mutex!(0),
            }),
            GFP_KERNEL,
        )
    }

    fn ioctl(me: Pin<&Self>, _file: &File, cmd: u32, arg: usize) -> Result<isize> {
        let (mut reader, mut writer) =
            UserSlice::new(UserPtr::from_addr(arg), size_of::<i64>()).reader_writer();

        match cmd {
            LESSON0_SET => {
                let new = reader.read::<i64>()?;
                *me.total.lock() = new;
            }
            LESSON0_GET => {
                let total = *me.total.lock();
                writer.write(&total)?;
            }
            LESSON0_ADD => {
                let number: i64 = reader.read()?;
                let mut total = me.total.lock();
                let (sum, overflowed) = total.overflowing_add(number);

                if overflowed {
                    return Err(EOVERFLOW);
                }
                *total = sum;
                drop(total);
                writer.write(&sum)?;
            }
            _ => return Err(ENOTTY),
        }
        Ok(0)
    }

    fn read_iter(kiocb: Kiocb<'_, Self::Ptr>, iov: &mut IovIterDest<'_>) -> Result<usize> {
        let bytes = kiocb.file().total.lock().to_ne_bytes();

        if iov.len() < bytes.len() {
            return Err(EINVAL);
        }
        if iov.copy_to_iter(&bytes) < bytes.len() {
            return Err(EFAULT);
        }
        Ok(bytes.len())
    }

    fn write_iter(kiocb: Kiocb<'_, Self::Ptr>, iov: &mut IovIterSource<'_>) -> Result<usize> {
        let mut bytes = [0; size_of::<i64>()];

        if iov.len() != bytes.len() {
            return Err(EINVAL);
        }
        if iov.copy_from_iter(&mut bytes) < bytes.len() {
            return Err(EFAULT);
        }
        *kiocb.file().total.lock() = i64::from_ne_bytes(bytes);
        Ok(bytes.len())
    }
}
