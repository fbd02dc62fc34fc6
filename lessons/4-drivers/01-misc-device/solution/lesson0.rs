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

// BEGIN SOLUTION three-commands
// These must be the numbers of `lesson0.h`.
const LESSON0_MAGIC: u32 = 0xbb;
const LESSON0_SET: u32 = _IOW::<i64>(LESSON0_MAGIC, 1);
const LESSON0_GET: u32 = _IOR::<i64>(LESSON0_MAGIC, 2);
const LESSON0_ADD: u32 = _IOWR::<i64>(LESSON0_MAGIC, 3);
// STUB
// // TODO: the type, the magic and the count of each, as in `lesson0.h`.
// const LESSON0_SET: u32 = _IOW::<()>(0, 0);
// const LESSON0_GET: u32 = _IOR::<()>(0, 0);
// const LESSON0_ADD: u32 = _IOWR::<()>(0, 0);
// END SOLUTION

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
// BEGIN SOLUTION three-commands

impl Machine {
    fn set(&self, arg: UserSlice) -> Result {
        let total = arg.reader().read()?;

        *self.total.lock() = total;
        Ok(())
    }

    fn get(&self, arg: UserSlice) -> Result {
        let total = *self.total.lock();

        arg.writer().write(&total)
    }

    fn add(&self, arg: UserSlice) -> Result {
        let (mut reader, mut writer) = arg.reader_writer();
        let number: i64 = reader.read()?;

        // The lock is held for the sum alone: copying may have to wait for a
        // page.
        let sum = {
            let mut total = self.total.lock();
            *total = total.checked_add(number).ok_or(EOVERFLOW)?;
            *total
        };

        writer.write(&sum)
    }
}
// STUB
//
// impl Machine {
//     // TODO: set, get and add, each (&self, arg: UserSlice) -> Result
// }
// END SOLUTION

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
        // BEGIN SOLUTION three-commands
        let arg = UserSlice::new(UserPtr::from_addr(arg), size_of::<i64>());

        match cmd {
            LESSON0_SET => me.set(arg)?,
            LESSON0_GET => me.get(arg)?,
            LESSON0_ADD => me.add(arg)?,
            _ => return Err(ENOTTY),
        }
        Ok(0)
        // STUB
        // // TODO: which command is it, and how many bytes does `arg` lead to?
        // let arg = UserSlice::new(UserPtr::from_addr(arg), 0);
        //
        // let _ = (&me.total, arg, cmd);
        // let _ = [LESSON0_SET, LESSON0_GET, LESSON0_ADD];
        // Err(ENOTTY)
        // END SOLUTION
    }

    fn read_iter(kiocb: Kiocb<'_, Self::Ptr>, iov: &mut IovIterDest<'_>) -> Result<usize> {
        // BEGIN SOLUTION read-and-write
        let bytes = kiocb.file().total.lock().to_ne_bytes();

        if iov.len() < bytes.len() {
            return Err(EINVAL);
        }
        if iov.copy_to_iter(&bytes) < bytes.len() {
            return Err(EFAULT);
        }
        Ok(bytes.len())
        // STUB
        // // TODO: the total goes out as eight bytes
        // let _ = (kiocb, iov);
        // Err(EINVAL)
        // END SOLUTION
    }

    fn write_iter(kiocb: Kiocb<'_, Self::Ptr>, iov: &mut IovIterSource<'_>) -> Result<usize> {
        // BEGIN SOLUTION read-and-write
        let mut bytes = [0; size_of::<i64>()];

        if iov.len() != bytes.len() {
            return Err(EINVAL);
        }
        if iov.copy_from_iter(&mut bytes) < bytes.len() {
            return Err(EFAULT);
        }
        *kiocb.file().total.lock() = i64::from_ne_bytes(bytes);
        Ok(bytes.len())
        // STUB
        // // TODO: eight bytes come in, and are the new total
        // let _ = (kiocb, iov);
        // Err(EINVAL)
        // END SOLUTION
    }
}
