# A server as its operator rents it: systemd, sshd, Python for Ansible, the docker client for the lab's engine.
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install \
  systemd systemd-sysv dbus libpam-systemd openssh-server sudo rsync iproute2 cron logrotate openssl \
  python3-apt python3-requests python3-docker python3-passlib fuse3 acl dnsmasq-base
(
  cd /tmp || exit
  apt-get -qq download docker.io
  dpkg -x docker.io_*.deb docker
  install -m 0755 docker/usr/bin/docker /usr/bin/docker
  rm -rf docker docker.io_*.deb
)
# The user and group of the playbook's services are its own to make.
userdel matrix

cp /files/*.service /etc/systemd/system/
systemctl enable docker.service lab-dns.service ssh.service cron.service
# The engine's socket, again after each boot: /run is emptied then.
echo 'L+ /run/docker.sock - - - - /lab/socket/docker.sock' >/etc/tmpfiles.d/lab-docker.conf
mkdir -p /var/log/journal /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=persistent\nSystemMaxUse=200M\n' >/etc/systemd/journald.conf.d/lab.conf
printf 'PermitRootLogin prohibit-password\nPasswordAuthentication no\nUseDNS no\n' >/etc/ssh/sshd_config.d/lab.conf
# In a container the machine itself manages mounts, devices and the kernel.
systemctl mask systemd-udevd.service systemd-udev-trigger.service systemd-networkd.service systemd-resolved.service \
  systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
  e2scrub_all.timer e2scrub_reap.service fstrim.timer getty.target console-getty.service
systemctl set-default multi-user.target
# Host keys of each target's own, made on its first start.
rm -f /etc/ssh/ssh_host_*
mkdir -p /etc/systemd/system/ssh.service.d
printf '[Service]\nExecStartPre=\nExecStartPre=/usr/bin/ssh-keygen -A\nExecStartPre=/usr/sbin/sshd -t\n' \
  >/etc/systemd/system/ssh.service.d/host-keys.conf
mkdir -p /root/.ssh
apt-get clean
rm -rf /var/lib/apt/lists/*
