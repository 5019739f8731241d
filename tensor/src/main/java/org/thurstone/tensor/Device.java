package org.thurstone.tensor;

import org.bytedeco.pytorch.global.torch.DeviceType;

/** The device of a tensor: {@code cpu}, or {@code cuda:N}. */
public record Device(boolean cuda, int index) {

    public static final Device CPU = new Device(false, 0);

    /**
     * Reads {@code auto} (CUDA where there is a device, else the CPU), {@code cpu}, {@code cuda} or {@code cuda:N}.
     *
     * @throws IllegalArgumentException if the words are none of these or the device is not there
     */
    public static Device parse(String text) {
        Device device = switch (text) {
            case "cpu" -> CPU;
            case "auto" -> Torch.cudaDevices() > 0 ? new Device(true, 0) : CPU;
            case "cuda" -> new Device(true, 0);
            default -> {
                if (!text.matches("cuda:\\d{1,3}")) {
                    throw new IllegalArgumentException("\"" + text + "\" is not a device: use auto, cpu or cuda:N");
                }
                yield new Device(true, Integer.parseInt(text.substring(5)));
            }
        };
        if (device.cuda && device.index >= Torch.cudaDevices()) {
            throw new IllegalArgumentException("device " + device + " does not exist: libtorch finds "
                    + Torch.cudaDevices() + " CUDA devices (a build with -Pcuda is needed for any)");
        }
        return device;
    }

    org.bytedeco.pytorch.Device torch() {
        return cuda
                ? new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) index)
                : new org.bytedeco.pytorch.Device(DeviceType.CPU);
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
