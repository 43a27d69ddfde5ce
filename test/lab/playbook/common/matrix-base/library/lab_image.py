#!/usr/bin/python
"""Says whether a container image is there. Stands in for community.docker.docker_image_pull: it pulls nothing.

Like that module it reports a change in check mode every time, because it can't know what a pull would bring, and
its diff holds image ids where a file's diff holds its text.
"""
from ansible.module_utils.basic import AnsibleModule


def main():
    module = AnsibleModule(argument_spec={'name': {'type': 'str', 'required': True}}, supports_check_mode=True)
    name = module.params['name']
    code, out, err = module.run_command(['docker', 'image', 'inspect', '--format', '{{.Id}}', name])
    if code != 0:
        module.fail_json(msg='Error pulling image %s: not found' % name, stderr=err)
    before = {'id': out.strip()}
    after = {'id': 'unknown'} if module.check_mode else before
    module.exit_json(changed=module.check_mode, image=name, diff={'before': before, 'after': after})


if __name__ == '__main__':
    main()
